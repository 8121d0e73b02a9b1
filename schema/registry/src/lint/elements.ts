import {
  Kind,
  visit,
  type ASTNode,
  type DocumentNode,
  type EnumValueDefinitionNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  type TypeDefinitionNode,
  type TypeExtensionNode,
} from 'graphql';

type Described = TypeDefinitionNode | FieldDefinitionNode | InputValueDefinitionNode | EnumValueDefinitionNode;

/** A named part of a schema with its coordinate. */
export interface Element<Node extends ASTNode = Described | TypeExtensionNode> {
  readonly coordinate: string;
  readonly node: Node;
  /** The type that it is part of; itself for a type. */
  readonly owner: TypeDefinitionNode | TypeExtensionNode;
}

const typeKinds = new Set<string>([
  Kind.OBJECT_TYPE_DEFINITION,
  Kind.OBJECT_TYPE_EXTENSION,
  Kind.INTERFACE_TYPE_DEFINITION,
  Kind.INTERFACE_TYPE_EXTENSION,
  Kind.UNION_TYPE_DEFINITION,
  Kind.UNION_TYPE_EXTENSION,
  Kind.ENUM_TYPE_DEFINITION,
  Kind.ENUM_TYPE_EXTENSION,
  Kind.INPUT_OBJECT_TYPE_DEFINITION,
  Kind.INPUT_OBJECT_TYPE_EXTENSION,
  Kind.SCALAR_TYPE_DEFINITION,
  Kind.SCALAR_TYPE_EXTENSION,
]);

/** Every type, field, argument, input field and enum value of an SDL, in its order. Directive definitions are none. */
export function elementsOf(document: DocumentNode): Element[] {
  const found: Element[] = [];
  for (const owner of document.definitions) {
    if (!typeKinds.has(owner.kind)) continue;
    const type = owner as TypeDefinitionNode | TypeExtensionNode;
    const path: string[] = [];
    visit(type, {
      enter(node) {
        if (!isElement(node)) return;
        path.push(node.name.value);
        found.push({ coordinate: path.join('.'), node, owner: type });
      },
      leave(node) {
        if (isElement(node)) path.pop();
      },
    });
  }
  return found;
}

const partKinds = new Set<string>([Kind.FIELD_DEFINITION, Kind.INPUT_VALUE_DEFINITION, Kind.ENUM_VALUE_DEFINITION]);

const isElement = (node: ASTNode): node is Described | TypeExtensionNode =>
  typeKinds.has(node.kind) || partKinds.has(node.kind);
