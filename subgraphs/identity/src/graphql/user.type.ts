import { Directive, Field, ID, ObjectType, registerEnumType } from 'type-graphql';

export enum Role {
  GUEST = 'GUEST',
  STAFF = 'STAFF',
  MANAGER = 'MANAGER',
  ADMIN = 'ADMIN',
}
registerEnumType(Role, {
  name: 'Role',
  description: 'What a person may do.',
  valuesConfig: {
    GUEST: { description: 'Orders and pays.' },
    STAFF: { description: 'Works in the restaurant: sees all orders, hands them over.' },
    MANAGER: { description: 'Runs the restaurant: menu, prices, stock, refunds.' },
    ADMIN: { description: 'Runs the system: roles, faults, settings.' },
  },
});

@Directive('@key(fields: "id")')
@ObjectType({ description: 'A person with an account.' })
export class User {
  @Field(() => ID, { description: 'Id of the account.' })
  id!: string;
  @Field(() => String, { nullable: true, description: 'Email address; null unless it is you or you are staff.' })
  email!: string | null;
  @Field(() => String, { nullable: true, description: 'Name; null unless it is you or you are staff.' })
  name!: string | null;
  @Field(() => [Role], { description: 'What the person may do; empty unless it is you or you are staff.' })
  roles!: `${Role}`[];
}
