export { describe } from './api/answers.ts';
export { serveRegistry, type RegistryServer } from './api/server.ts';
export { changesBetween, type Change, type Weight } from './changes.ts';
export { VERSION, apiSchemaOf, compose, type Composition, type Finding, type Subgraph } from './composition.ts';
export { lintSdl } from './lint/lint-sdl.ts';
export type { LintFinding } from './lint/findings.ts';
export { incompatibilities, type JsonSchema } from './messages/compatibility.ts';
export {
  judgeContracts,
  readContracts,
  writeContracts,
  type ContractVerdict,
  type Contracts,
} from './messages/contracts.ts';
export { movesBetween } from './moves.ts';
export { faultsOf, type RecordedOperation } from './recorded-operation.ts';
export { Registry } from './registry.ts';
export { BrokenHistory, openHistory, readHistory } from './store/history-files.ts';
export { PublishedVariant, variantOf, type Publication } from './store/published-variant.ts';
export { judge, type JudgedChange, type Verdict } from './verdict.ts';
