namespace DataExchange.Gateway.AuthZen;

/// <summary>What the API description shows; of a person of the demo region.</summary>
internal static class AuthZenExamples
{
    public const string Question = """
        {
          "subject": { "type": "client", "id": "housing-authority" },
          "action": { "name": "query" },
          "resource": {
            "type": "dataset", "id": "human-resources/social-insurance",
            "properties": {
              "subject": { "scheme": "cn-resident-id", "value": "11010519491231002X" }, "purpose": "rental-housing-application", "fields": ["status"]
            }
          }
        }
        """;

    public const string Answer = """
        {
          "decision": false,
          "context": {
            "id": "41", "governanceSize": 23, "code": "consent-required",
            "reasons": [{ "gate": 8, "code": "consent-required", "field": "status", "detail": "This field needs the subject's consent." }],
            "fields": [], "obligations": [], "remedy": "Ask the person for consent: POST /v1/consents."
          }
        }
        """;

    public const string Questions = """
        {
          "subject": { "type": "client", "id": "housing-authority" },
          "action": { "name": "query" },
          "evaluations": [
            {
              "resource": {
                "type": "dataset", "id": "public-security/residence",
                "properties": {
                  "subject": { "scheme": "cn-resident-id", "value": "11010519491231002X" }, "purpose": "rental-housing-application", "fields": ["name"]
                }
              }
            },
            {
              "resource": {
                "type": "dataset", "id": "human-resources/social-insurance",
                "properties": {
                  "subject": { "scheme": "cn-resident-id", "value": "11010519491231002X" }, "purpose": "rental-housing-application", "fields": ["status"]
                }
              }
            }
          ],
          "options": { "evaluations_semantic": "deny_on_first_deny" }
        }
        """;
}
