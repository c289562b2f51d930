namespace DataExchange.Adapters.Tests.Conformance;

/// <summary>The configuration's text of the register, for any adapter.</summary>
internal static class PeopleSettings
{
    /// <summary>A whole configuration.</summary>
    /// <param name="section">The adapter's own section, such as <c>"Sql": {…}</c>.</param>
    /// <param name="dataset">What the adapter configures for itself in the dataset.</param>
    /// <param name="pointers">Whether the fields come from JSON pointers instead of columns.</param>
    public static string Json(string section, string dataset, bool pointers = false)
    {
        var slash = pointers ? "/" : "";
        return $$"""
            {
              "Adapter": {
                {{section}},
                "Datasets": {
                  "{{Register.Dataset}}": {
                    "Revisions": [1],
                    "SubjectScheme": "{{Register.Scheme}}",
                    {{dataset}},
                    "Fields": {
                      "name": { "From": "{{slash}}full name", "Type": "text" },
                      "address": { "From": "{{slash}}地址", "Type": "text" },
                      "birthDate": { "From": "{{slash}}born", "Type": "date" },
                      "dependants": { "From": "{{slash}}dependants", "Type": "integer" },
                      "income": { "From": "{{slash}}income", "Type": "number" },
                      "active": { "From": "{{slash}}select", "Type": "boolean" },
                      "note": { "From": "{{slash}}note", "Type": "text" }
                    }
                  }
                }
              }
            }
            """;
    }
}
