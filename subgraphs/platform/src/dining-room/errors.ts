import { DomainError } from '@brigade/service-kit';

/** Virtual guests order through the public API, and nobody said where that is. */
export class DiningRoomUnavailable extends DomainError {
  readonly code = 'DINING_ROOM_UNAVAILABLE';
  constructor() {
    super('The dining room can not be opened: platform does not know where the router is (ROUTER_URL).');
  }
}
