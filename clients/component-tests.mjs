// What jsdom lacks of a browser and the clients need to be loaded. Component tests ask nobody: who does, is told.
globalThis.fetch ??= async () => {
  throw new TypeError('there is no network in component tests');
};
globalThis.IS_REACT_ACT_ENVIRONMENT = true;
