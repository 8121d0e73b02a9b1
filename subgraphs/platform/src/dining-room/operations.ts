/** What virtual guests send; recorded in schema/operations, so that a safelist admits them. */
export const operations = {
  DiningRoomRegister: `mutation DiningRoomRegister($input: RegisterInput!) {
  register(input: $input) {
    accessToken
    refreshToken
  }
}`,
  DiningRoomLogin: `mutation DiningRoomLogin($input: LoginInput!) {
  login(input: $input) {
    accessToken
    refreshToken
  }
}`,
  DiningRoomRefresh: `mutation DiningRoomRefresh($refreshToken: String!) {
  refresh(refreshToken: $refreshToken) {
    accessToken
    refreshToken
  }
}`,
  DiningRoomCard: `mutation DiningRoomCard($input: AddPaymentMethodInput!) {
  addPaymentMethod(input: $input) {
    id
  }
}`,
  DiningRoomMenu: `query DiningRoomMenu($first: Int!) {
  dishes(first: $first) {
    edges {
      node {
        id
        availablePortions
      }
    }
  }
}`,
  DiningRoomOrder: `mutation DiningRoomOrder($input: PlaceOrderInput!) {
  placeOrder(input: $input) {
    order {
      id
    }
  }
}`,
} as const;
export type OperationName = keyof typeof operations;
