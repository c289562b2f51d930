// Reads worlds from standard input, one JSON object a line, and answers each with one line: which of its requests Cedar allows.
//
//   {"schema": text, "policies": {id: text}, "entities": {uid: entity}, "requests": [{principal, action, resource, context, entities: [uid]}]}
//   → {"allowed": "10010…"}   or   {"error": "…"}
//
// A policy that does not validate against the schema, or that fails while it is evaluated, is an error: Cedar passes over such a policy,
// and a forbid that is passed over would be a permit that nobody wrote.
import { createInterface } from "node:readline";
import { preparsePolicySet, preparseSchema, statefulIsAuthorized, validate } from "@cedar-policy/cedar-wasm/nodejs";

const world = "world";

function demand(answer, what) {
  if (answer.type !== "success") throw new Error(`${what}: ${JSON.stringify(answer.errors)}`);
  return answer;
}

function evaluate({ schema, policies, entities, requests }) {
  const staticPolicies = { staticPolicies: policies };
  const { validationErrors } = demand(validate({ schema, policies: staticPolicies, validationSettings: { mode: "strict" } }), "validation");
  if (validationErrors.length > 0) throw new Error(`validation: ${JSON.stringify(validationErrors)}`);
  demand(preparseSchema(world, schema), "schema");
  demand(preparsePolicySet(world, staticPolicies), "policies");

  return requests.map(({ entities: uids, ...request }) => {
    const { response } = demand(statefulIsAuthorized({ ...request, preparsedPolicySetId: world, entities: uids.map((uid) => entities[uid]) }), "request");
    if (response.diagnostics.errors.length > 0) throw new Error(`evaluation: ${JSON.stringify(response.diagnostics.errors)}`);
    return response.decision === "allow" ? "1" : "0";
  }).join("");
}

for await (const line of createInterface({ input: process.stdin })) {
  let answer;
  try {
    answer = { allowed: evaluate(JSON.parse(line)) };
  } catch (error) {
    answer = { error: String(error) };
  }

  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
