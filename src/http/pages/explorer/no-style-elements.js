// Stands in for react-style-singleton (MIT), whose components inject <style> elements; see build.mjs.
const Nothing = () => null;
export const styleSingleton = () => Nothing;
export const styleHookSingleton = () => () => {};
export const stylesheetSingleton = () => ({ add() {}, remove() {} });
