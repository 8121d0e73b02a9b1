const BYTE_ORDER_MARK = '\uFEFF';

/** Parses JSON as clients send it: a byte order mark before it is ignored, as RFC 8259 allows. @throws SyntaxError */
export const parseJson = (text: string): unknown =>
  JSON.parse(text.startsWith(BYTE_ORDER_MARK) ? text.slice(BYTE_ORDER_MARK.length) : text);
