// The rules of the dashboard hold here too.
export { default } from '../web/eslint.config.js'
