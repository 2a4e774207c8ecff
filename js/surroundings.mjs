// What MathJax expects around it and a bare JavaScript engine lacks.

globalThis.console ??= { log() {}, info() {}, warn() {}, error() {} };
