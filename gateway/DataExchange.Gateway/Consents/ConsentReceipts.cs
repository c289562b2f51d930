using System.Buffers;
using System.Text.Json;
using DataExchange.Contracts.Problems;
using DataExchange.Enforcement.Governance;
using DataExchange.Enforcement.Problems;
using DataExchange.Enforcement.Subjects;
using DataExchange.Gateway.Identity;
using DataExchange.Policy.Consents;
using DataExchange.Policy.Personal;
using DataExchange.TransparencyLog;

namespace DataExchange.Gateway.Consents;

/// <summary><c>GET /v1/consents/{id}/receipt</c>: the consent and its whole life, from the entries of the governance log.</summary>
internal static class ConsentReceipts
{
    public const string MediaType = "application/ld+json";

    public static async Task<IResult> ReadAsync(string id, ConsentAccess access, GovernanceLedger ledger, SubjectVault vault, RegionLogs logs, TimeProvider clock, HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (await access.FindAsync(id, context.Caller(), context.RequestAborted) is not { } consent || await vault.FindAsync(consent.Subject, context.RequestAborted) is not { } subject)
        {
            return new ProblemResult(ProblemSlugs.NotFound, "There is no such consent.");
        }

        var steps = (await ledger.AboutAsync(subject, context.RequestAborted))
            .Where(logged => logged.Event is PersonalChanged { Record: ConsentRecord } && logged.Event.Thing == id)
            .Select(logged => new ConsentStep((ConsentRecord)((PersonalChanged)logged.Event).Record with { LogIndex = logged.Index }, logged.Time)).ToList();

        // A consent that was carried over from a log that lost entries stands otherwise than its entry says.
        if (steps.Count == 0)
        {
            return new ProblemResult(ProblemSlugs.NotFound, "There is no such consent.");
        }

        steps[^1] = steps[^1] with { Consent = ledger.Current.FindConsent(id) is { } now && now.LogIndex == steps[^1].Consent.LogIndex ? now : steps[^1].Consent };
        var body = new ArrayBufferWriter<byte>();
        await using (var writer = new Utf8JsonWriter(body))
        {
            ConsentReceipt.Write(writer, steps, ledger.Current, logs.Governance.Origin, clock.GetUtcNow());
        }

        return Results.Bytes(body.WrittenMemory, MediaType);
    }
}
