/** What `npm run dead-letters -- --help` prints. */
export const HELP = `Dead letters: messages that their consumer could not handle.

  npm run dead-letters -- list                         those that wait, newest first
  npm run dead-letters -- show ID                      everything about one, with its audit
  npm run dead-letters -- edit ID --payload JSON --reason TEXT
                                                       another payload; must keep the message's contract
  npm run dead-letters -- redrive ID... --reason TEXT  back to its consumer, under its own message id
  npm run dead-letters -- redrive --consumer NAME --reason TEXT
                                                       all that wait of a consumer, up to 500
  npm run dead-letters -- discard ID --reason TEXT     give it up; it stays in the books

Options
  --consumer NAME  list, redrive: only those of this consumer, e.g. orders
  --message NAME   list, redrive: only messages of this name, e.g. payments.payment-captured.v1
  --status STATUS  list: WAITING (default), REDRIVING, REDRIVEN, DISCARDED or all
  --limit N        list: how many, 1 to 100 (20)
  --after CURSOR   list: go on after this cursor, which the page before printed
  --payload JSON   edit: the new payload
  --file FILE      edit: read the payload from there, - for the standard input
  --reason TEXT    why, 1 to 500 characters; goes into the audit
  --json           JSON instead of text (with npm run --silent nothing else is on the standard output)
  --help           this

Works whether Brigade runs or not: if not, its servers are started for the time of the command.
Ends with 0 when it was done, 1 when it was refused or failed, 2 when the command line is wrong.
`;
