/** Under which name the palette hands a node type to the canvas while it is dragged. */
export const DRAGGED_TYPE = 'application/x-orderloom-node-type'
