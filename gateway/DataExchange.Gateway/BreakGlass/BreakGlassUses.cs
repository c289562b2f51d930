using System.Globalization;
using System.Text.Json;
using DataExchange.Contracts.Log;
using DataExchange.Contracts.Records;
using DataExchange.Enforcement.Subjects;
using DataExchange.Policy.BreakGlass;
using DataExchange.TransparencyLog;

namespace DataExchange.Gateway.BreakGlass;

/// <summary>Finds in the access log what was done under a grant: the person's entries of its minutes that name it.</summary>
public sealed class BreakGlassUses(RegionLogs logs, SubjectVault vault)
{
    /// <summary>The uses, and whom they were about.</summary>
    public async Task<(SubjectRef? Subject, IReadOnlyList<BreakGlassUse> Uses)> OfAsync(BreakGlassRecord grant, CancellationToken cancellationToken)
    {
        if (grant is not { OpenedAt: { } opened, EndsAt: { } ends } || await vault.FindAsync(grant.Subject, cancellationToken) is not { } person)
        {
            return (null, []);
        }

        SubjectRef? subject = null;
        var uses = new List<BreakGlassUse>();
        var released = new HashSet<long>();
        foreach (var month in new[] { opened, ends }.Select(at => (at.UtcDateTime.Year, at.UtcDateTime.Month)).Distinct())
        {
            foreach (var index in await logs.Access.FindAsync(SubjectTag.Compute(person.Token.Span, month.Year, month.Month), cancellationToken))
            {
                var entry = await logs.Access.ReadAsync(index, 1, cancellationToken).SingleAsync(cancellationToken);
                if (!RecordSealer.TryOpen(person, entry, out var opens))
                {
                    continue;
                }

                var record = JsonElement.Parse(opens.Record.Span);
                if (opens.Leaf.Kind == LeafKinds.AccessReleased)
                {
                    released.Add(record.GetProperty("intent").GetInt64());
                }
                else if (record.TryGetProperty("request", out var request) && request.TryGetProperty("breakGlass", out var named) && named.ValueEquals(grant.Id))
                {
                    var about = record.GetProperty("subject");
                    subject = new SubjectRef(Text(about, "scheme"), Text(about, "value"));
                    uses.Add(Use(index, opens.Leaf.TimeMs, request, record.GetProperty("decision")));
                }
            }
        }

        return (subject, [.. uses.Select(use => use with { Released = released.Contains(long.Parse(use.Decision, CultureInfo.InvariantCulture)) })]);
    }

    private static BreakGlassUse Use(long index, long timeMs, JsonElement request, JsonElement decision) => new(
        index.ToString(CultureInfo.InvariantCulture),
        DateTimeOffset.FromUnixTimeMilliseconds(timeMs),
        Text(request, "dataset"),
        Text(request, "purpose"),
        [.. request.GetProperty("fields").EnumerateArray().Select(field => field.GetString()!)],
        Text(decision, "outcome"),
        decision.TryGetProperty("relaxed", out var relaxed) ? [.. relaxed.EnumerateArray().Select(reason => Text(reason, "code")).Distinct()] : [],
        Released: false);

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
