import { stationKindDescription, stationKindDescriptions } from '@brigade/schema';
import { DateTime, ListOfAbout } from '@brigade/service-kit';
import { Directive, Field, Float, ID, Int, ObjectType, registerEnumType } from 'type-graphql';

export enum StationKind {
  OVEN = 'OVEN',
  GRIDDLE = 'GRIDDLE',
  FRYER = 'FRYER',
  STOVE = 'STOVE',
  PREP = 'PREP',
}
registerEnumType(StationKind, {
  name: 'StationKind',
  description: stationKindDescription,
  valuesConfig: stationKindDescriptions,
});

export enum StationStatus {
  ONLINE = 'ONLINE',
  FAULTY = 'FAULTY',
  OFFLINE = 'OFFLINE',
}
registerEnumType(StationStatus, {
  name: 'StationStatus',
  description: 'Whether a station works.',
  valuesConfig: {
    ONLINE: { description: 'Works.' },
    FAULTY: { description: 'Answers, but has a fault that keeps it from working.' },
    OFFLINE: { description: 'Does not answer.' },
  },
});

export enum DeviceFault {
  SENSOR_STUCK = 'SENSOR_STUCK',
  HEATER_DEAD = 'HEATER_DEAD',
  OVERHEAT = 'OVERHEAT',
  POWER_LOSS = 'POWER_LOSS',
  SLOW_FIRMWARE = 'SLOW_FIRMWARE',
}
registerEnumType(DeviceFault, {
  name: 'DeviceFault',
  description: 'What can be wrong with a device.',
  valuesConfig: {
    SENSOR_STUCK: { description: 'The thermometer shows the same for ever.' },
    HEATER_DEAD: { description: 'The heating elements take no current.' },
    OVERHEAT: { description: 'It heats on until the safety thermostat cuts it off.' },
    POWER_LOSS: { description: 'No power: it forgets everything.' },
    SLOW_FIRMWARE: { description: 'It answers late.' },
  },
});

@ObjectType({ description: 'What is cooking in a slot of a station.' })
export class StationJob {
  @Field(() => ID, { description: 'Id of the job.' })
  jobId!: string;
  @Field(() => Float, { description: 'From 0 (raw) to 1 (done).' })
  doneness!: number;
  @Field(() => Float, { description: 'Kitchen seconds at the target temperature until it is done.' })
  remainingSeconds!: number;

  /** Resolved to `ticketId`; set where it is known from the history. */
  knownTicketId?: string | null;
}

@ObjectType({ description: 'One reading of a station.' })
export class StationTelemetry {
  @Field(() => ID, { description: 'Id of the station.' })
  stationId!: string;
  @Field(() => DateTime, { description: 'When it was read.' })
  at!: Date;
  @Field(() => Float, { description: "Seconds of the kitchen's own, faster clock." })
  kitchenTime!: number;
  @Field(() => Float, { description: 'What the sensor reads, degrees Celsius.' })
  temperature!: number;
  @Field(() => Float, {
    nullable: true,
    description: 'What the thermostat aims at, degrees Celsius; null where nothing heats.',
  })
  setPoint!: number | null;
  @Field(() => Float, { description: 'What it draws, watts.' })
  power!: number;
  @Field(() => Boolean, { description: 'Whether the door is open.' })
  doorOpen!: boolean;
  @Field(() => [DeviceFault], { description: 'What is wrong with it.' })
  faults!: `${DeviceFault}`[];
  @ListOfAbout(4)
  @Field(() => [StationJob], { description: 'What is cooking.' })
  jobs!: StationJob[];
}

@Directive('@key(fields: "id")')
@ObjectType({ description: 'A device of the kitchen, with room for several tickets at once.' })
export class Station {
  @Field(() => ID, { description: 'Id of the station, e.g. `oven-1`.' })
  id!: string;
  @Field(() => StationKind, { description: 'What it does.' })
  kind!: `${StationKind}`;
  @Field(() => String, { description: 'For people, e.g. `Oven 1`.' })
  name!: string;
  @Field(() => Int, { description: 'Slots: how many tickets it takes at once.' })
  capacity!: number;
  @Field(() => StationStatus, { description: 'Whether it works.' })
  status!: `${StationStatus}`;
  @Field(() => Int, { description: 'Slots that are taken.' })
  busy!: number;
  @Field(() => Float, { nullable: true, description: 'As last read, degrees Celsius.' })
  temperature!: number | null;
  @Field(() => Float, {
    nullable: true,
    description: 'What the thermostat aims at, degrees Celsius; null where nothing heats.',
  })
  setPoint!: number | null;
  @Field(() => [DeviceFault], { description: 'Faults that it reported.' })
  faults!: `${DeviceFault}`[];
  @Field(() => StationTelemetry, { nullable: true, description: 'The latest reading; null before the first.' })
  telemetry!: StationTelemetry | null;
}
