using System.Text.Json;
using DataExchange.Contracts.Log;
using DataExchange.Enforcement.Subjects;
using DataExchange.TransparencyLog;

namespace DataExchange.Gateway.Cases.Evidence;

/// <summary>Finds the governance entry by which a consent stood when a decision was made: by the tags of the person's months, from the decision's month back.</summary>
internal sealed class ConsentSearch(ITransparencyLog governance, Subject subject)
{
    // Longer than any notice may have a consent last.
    private const int MaxMonths = 1200;
    private const string Consents = "consent.";

    /// <summary>Index of the newest entry about the consent below the size that was decided under; null when the log holds none.</summary>
    public async Task<long?> FindAsync(RestsOn consent, CancellationToken cancellationToken)
    {
        for (var (month, left) = (new DateOnly(consent.Decided.UtcDateTime.Year, consent.Decided.UtcDateTime.Month, 1), MaxMonths); left > 0 && month.Year > 1970; month = month.AddMonths(-1), left--)
        {
            var indexes = await governance.FindAsync(SubjectTag.Compute(subject.Token.Span, month.Year, month.Month), cancellationToken);
            foreach (var index in indexes.Where(index => index < consent.Governance).Reverse())
            {
                if (await IsAboutAsync(index, consent.Id, cancellationToken))
                {
                    return index;
                }
            }
        }

        return null;
    }

    private async Task<bool> IsAboutAsync(long index, string id, CancellationToken cancellationToken)
    {
        var entry = await governance.ReadAsync(index, 1, cancellationToken).SingleAsync(cancellationToken);
        return RecordSealer.TryOpen(subject, entry, out var opened)
            && opened.Leaf.Kind.StartsWith(Consents, StringComparison.Ordinal)
            && JsonElement.Parse(opened.Record.Span).GetProperty("id").GetString() == id;
    }
}
