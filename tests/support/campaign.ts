// The stage for tests at the edge: the one that rehearsals play on.
export * from '../../rehearsal/stage.js';
