namespace DataExchange.Gateway.Agreements;

/// <summary>What the calls look like, in the demo region.</summary>
internal static class AgreementExamples
{
    public const string Document = """
        {
          "id": "housing-enterprise", "revision": 1, "consumer": "housing-authority", "provider": "market-regulation",
          "dataset": "market-regulation/enterprise", "datasetRevision": 1,
          "basis": "Regulations on Government Data Sharing (State Council Order 809)", "scenario": "Housing for the staff of small enterprises",
          "mode": "Query", "validFrom": "2025-08-01T00:00:00+08:00", "validTo": "2035-07-31T23:59:59+08:00",
          "grants": [{ "purpose": "enterprise-opening", "fields": [{ "name": "status", "transform": "Full", "basis": "StatutoryDuty", "citation": "Art. 9" }], "obligations": ["no-onward-transfer"] }],
          "clients": ["housing-authority"], "quota": { "requests": 1000, "period": "Day" },
          "autoSuspension": [{ "of": "Refusals", "after": 50, "withinDays": 7 }]
        }
        """;

    public const string Reason = """{ "reason": "The register is rebuilt this week." }""";

    public const string Extension = """{ "days": 5, "reason": "The legal department is asked." }""";

    public const string Approval = """{ "approval": "eyJhbGciOiJFUzI1NiIsImtpZCI6ImVkdWNhdGlvbi8yMDI2LWEifQ.eyJhZ3JlZW1lbnQi…" }""";

    public const string Refusal = """{ "reasons": [{ "ground": "form-fault", "at": "$.scenario", "detail": "It does not say which desk asks." }] }""";
}
