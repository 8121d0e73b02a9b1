/**
 * What rover 0.41 asks of GraphOS when it checks, publishes, fetches, lists and lints: as much of the platform's API as
 * the documents in its binary name, and no more.
 */
export const typeDefs = /* GraphQL */ `
  """
  A text of SDL or of an operation.
  """
  scalar GraphQLDocument
  """
  Taken as it comes: what a check may be restricted to has no meaning without traffic.
  """
  scalar Anything
  scalar Timestamp

  type Query {
    frontendUrlRoot: String!
    graph(id: ID!): Graph
    variant(ref: ID!): GraphVariantLookup
    me: Identity
  }

  type Mutation {
    graph(id: ID!): GraphMutation
  }

  interface Identity {
    id: ID!
    asActor: Actor!
  }
  type Actor {
    type: ActorType!
  }
  enum ActorType {
    GRAPH
  }

  type Graph implements Identity {
    id: ID!
    asActor: Actor!
    title: String!
    variants: [GraphVariant!]!
    variant(name: String!): GraphVariant
    checkWorkflow(id: ID!): CheckWorkflow
  }

  union GraphVariantLookup = GraphVariant | InvalidRefFormat
  type InvalidRefFormat {
    message: String!
  }

  type GraphVariant {
    name: String!
    subgraphs: [Subgraph!]
    subgraph(name: ID!): Subgraph
    latestApprovedLaunch: Launch
    latestLaunch: Launch
    latestPublication: SchemaPublication
    sourceVariant: GraphVariant
  }
  type SchemaPublication {
    schema: Schema!
  }
  type Schema {
    document: GraphQLDocument!
  }
  type Subgraph {
    name: String!
    url: String
    updatedAt: Timestamp
    activePartialSchema: PartialSchema!
  }
  type PartialSchema {
    sdl: GraphQLDocument!
  }

  type Launch {
    build: Build
    buildInput: BuildInput!
  }
  type BuildInput {
    version: String
  }
  type Build {
    result: BuildResult
  }
  union BuildResult = BuildSuccess | BuildFailure
  type BuildSuccess {
    coreSchema: CoreSchema!
  }
  type CoreSchema {
    coreDocument: GraphQLDocument!
  }
  type BuildFailure {
    errorMessages: [BuildError!]!
  }
  type BuildError {
    message: String!
    code: String
    locations: [SourceLocation!]!
  }
  type SourceLocation {
    line: Int!
    column: Int!
  }

  enum CheckWorkflowStatus {
    FAILED
    PASSED
    PENDING
  }
  enum CheckWorkflowTaskStatus {
    BLOCKED
    FAILED
    PASSED
    PENDING
  }
  type CheckWorkflow {
    status: CheckWorkflowStatus!
    tasks: [CheckWorkflowTask!]!
  }
  interface CheckWorkflowTask {
    status: CheckWorkflowTaskStatus!
    targetURL: String
  }
  type CompositionCheckTask implements CheckWorkflowTask {
    status: CheckWorkflowTaskStatus!
    targetURL: String
    coreSchemaModified: Boolean!
    result: CompositionCheckResult
  }
  type CompositionCheckResult {
    errors: [BuildError!]!
  }
  type OperationsCheckTask implements CheckWorkflowTask {
    status: CheckWorkflowTaskStatus!
    targetURL: String
    result: OperationsCheckResult
  }
  enum ChangeSeverity {
    FAILURE
    NOTICE
  }
  enum CheckSeverity {
    FAIL
    PASS
    WARN
  }
  type OperationsCheckResult {
    checkSeverity: CheckSeverity!
    numberOfCheckedOperations: Int!
    changes: [Change!]!
  }
  type Change {
    severity: ChangeSeverity!
    code: String!
    description: String!
  }
  type LintCheckTask implements CheckWorkflowTask {
    status: CheckWorkflowTaskStatus!
    targetURL: String
    result: LintResult
  }
  enum LintDiagnosticLevel {
    ERROR
    WARNING
    IGNORED
  }
  type LintResult {
    diagnostics: [LintDiagnostic!]!
    stats: LintStats!
  }
  type LintDiagnostic {
    level: LintDiagnosticLevel!
    message: String!
    coordinate: String!
    rule: String!
    sourceLocations: [Coordinates!]!
  }
  type Coordinates {
    start: Position!
    end: Position!
    subgraphName: String
  }
  type Position {
    byteOffset: Int!
    line: Int!
    column: Int!
  }
  type LintStats {
    errorsCount: Int!
    warningsCount: Int!
  }
  # Tasks that GraphOS has and this registry never makes; rover asks for them all the same.
  type CustomCheckTask implements CheckWorkflowTask {
    status: CheckWorkflowTaskStatus!
    targetURL: String
    result: CustomCheckResult
  }
  type CustomCheckResult {
    violations: [CustomViolation!]!
  }
  type CustomViolation {
    level: LintDiagnosticLevel!
    message: String!
    coordinate: String!
    rule: String!
    sourceLocations: [Coordinates!]!
  }
  type ProposalsCheckTask implements CheckWorkflowTask {
    status: CheckWorkflowTaskStatus!
    targetURL: String
    didOverrideProposalsCheckTask: Boolean!
    proposalCoverage: String!
    severityLevel: String!
    relatedProposalResults: [RelatedProposal!]!
  }
  type RelatedProposal {
    statusAtCheck: String!
    proposal: Proposal!
  }
  type Proposal {
    displayName: String!
  }
  type DownstreamCheckTask implements CheckWorkflowTask {
    status: CheckWorkflowTaskStatus!
    targetURL: String
    results: [DownstreamCheckResult!]
  }
  type DownstreamCheckResult {
    downstreamVariantName: String!
    failsUpstreamWorkflow: Boolean
  }

  input PartialSchemaInput {
    sdl: GraphQLDocument
    hash: String
  }
  input GitContextInput {
    branch: String
    commit: ID
    committer: String
    message: String
    remoteUrl: String
    remoteHost: String
  }
  input SubgraphCheckAsyncInput {
    subgraphName: String!
    proposedSchema: GraphQLDocument!
    graphRef: ID
    isSandbox: Boolean
    isProposal: Boolean
    introspectionEndpoint: String
    sourceVariant: String
    triggeredBy: ID
    gitContext: GitContextInput
    config: Anything
  }
  input OperationDocumentInput {
    name: String
    body: GraphQLDocument!
  }

  type GraphMutation {
    variant(name: String!): GraphVariantMutation
    publishSubgraph(
      name: String!
      url: String
      revision: String!
      activePartialSchema: PartialSchemaInput!
      graphVariant: String!
      gitContext: GitContextInput
    ): CompositionAndUpsertResult
    removeImplementingServiceAndTriggerComposition(
      graphVariant: String!
      name: String!
      dryRun: Boolean!
    ): CompositionAndRemoveResult!
    validateOperations(
      tag: String
      operations: [OperationDocumentInput!]!
      gitContext: GitContextInput
    ): ValidateOperationsResult!
    lintSchema(sdl: String!, baseSdl: String): LintResult!
  }
  type GraphVariantMutation {
    submitSubgraphCheckAsync(input: SubgraphCheckAsyncInput!): CheckRequestResult
  }
  union CheckRequestResult = CheckRequestSuccess | InvalidInputError | PermissionError | PlanError
  type CheckRequestSuccess {
    targetURL: String!
    workflowID: ID!
  }
  type InvalidInputError {
    message: String!
  }
  type PermissionError {
    message: String!
  }
  type PlanError {
    message: String!
  }
  type CompositionAndUpsertResult {
    compositionConfig: CompositionConfig
    errors: [BuildError]!
    updatedGateway: Boolean!
    wasCreated: Boolean!
    wasUpdated: Boolean!
    launchCliCopy: String
    launchUrl: String
  }
  type CompositionConfig {
    schemaHash: String!
  }
  type CompositionAndRemoveResult {
    errors: [BuildError]!
    updatedGateway: Boolean!
  }
  type ValidateOperationsResult {
    validationResults: [ValidationResult!]!
  }
  enum ValidationErrorType {
    FAILURE
    INVALID
    WARNING
  }
  type ValidationResult {
    type: ValidationErrorType!
    code: String!
    description: String!
    operation: OperationDocument!
  }
  type OperationDocument {
    name: String
  }
`;
