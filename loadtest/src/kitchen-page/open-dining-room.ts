interface Answer {
  data?: { login?: { accessToken: string }; diningRoom?: { open: boolean; ordersPerMinute: number } } | null;
  errors?: { message: string }[];
}

/** Lets virtual guests in, through the public API. @returns what leaves the room as it was */
export async function openDiningRoom(url: string, ordersPerMinute: number): Promise<() => Promise<void>> {
  const ask = async (query: string, variables: object, token?: string) => {
    const headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) };
    const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query, variables }) });
    const { data, errors } = (await answer.json()) as Answer;
    if (!data || errors?.[0]) throw new Error(errors?.[0]?.message ?? 'no data');
    return data;
  };
  const input = { email: 'manager@brigade.test', password: process.env.DEMO_PASSWORD ?? 'brigade-demo' };
  const signIn = async () =>
    (await ask('mutation($input: LoginInput!) { login(input: $input) { accessToken } }', { input })).login?.accessToken;
  const set = async (room: object) =>
    ask(
      'mutation($input: SetDiningRoomInput!) { setDiningRoom(input: $input) { diningRoom { open } } }',
      { input: room },
      await signIn(),
    );
  const { diningRoom } = await ask('{ diningRoom { open ordersPerMinute } }', {}, await signIn());
  await set({ open: true, ordersPerMinute });
  return async () => void (await set(diningRoom ?? { open: false }));
}
