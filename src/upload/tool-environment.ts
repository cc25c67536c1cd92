/** What a Java program needs of its surroundings, and how a company reaches the world. None of the bot's secrets. */
const PASSED_ON = [
  'PATH',
  'HOME',
  'LANG',
  'TZ',
  'TMPDIR',
  'JAVA_HOME',
  'JAVA_OPTS',
  'JAVA_TOOL_OPTIONS',
  'JDK_JAVA_OPTIONS',
  'HEAP_SIZE',
  'NEO4J_HOME',
  'NEO4J_CONF',
  'HTTPS_PROXY',
  'https_proxy',
  'NO_PROXY',
  'no_proxy',
];

/** The surroundings of the tool: the password is there and nowhere else. */
export function toolEnvironment(
  env: Readonly<Record<string, string | undefined>>,
  login: { readonly user: string; readonly password: string },
): Record<string, string> {
  const passed = PASSED_ON.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]]));
  return { ...Object.fromEntries(passed), NEO4J_USERNAME: login.user, NEO4J_PASSWORD: login.password };
}
