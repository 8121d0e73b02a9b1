import { Field, InputType, ObjectType } from 'type-graphql';
import { User } from './user.type.ts';

@InputType({ description: 'A new account.' })
export class RegisterInput {
  @Field(() => String, { description: 'Email address; upper and lower case are the same.' })
  email!: string;
  @Field(() => String, { description: 'Password, 8 to 128 characters.' })
  password!: string;
  @Field(() => String, { description: 'How to address the person, 1 to 100 characters.' })
  name!: string;
}

@InputType({ description: 'Who one is, and the proof.' })
export class LoginInput {
  @Field(() => String, { description: 'Email address of the account.' })
  email!: string;
  @Field(() => String, { description: 'Its password.' })
  password!: string;
}

@ObjectType({ description: 'The proof of a session.' })
export class AuthPayload {
  @Field(() => String, {
    description: 'Send it as `Authorization: Bearer …`. A JWT that is good for a quarter of an hour.',
  })
  accessToken!: string;
  @Field(() => String, {
    description: 'Good for one `refresh` within 30 days; using it a second time ends the session.',
  })
  refreshToken!: string;
  @Field(() => User, { description: 'Whose session it is.' })
  user!: User;
}
