using DataExchange.Contracts.Problems;

namespace DataExchange.Policy.Decisions;

/// <summary>Collects why a request, or single fields of it, cannot be permitted. The order in which gates add is the order of the design.</summary>
internal sealed class Reasons
{
    private readonly List<ProblemReason> _all = [];
    private readonly HashSet<string> _deniedFields = new(StringComparer.Ordinal);

    public ProblemSlug? First { get; private set; }

    /// <summary>The first reason that concerns the request as a whole; nothing of such a request can be permitted, lenient or not.</summary>
    public ProblemSlug? FirstAboutRequest { get; private set; }

    public IReadOnlyList<ProblemReason> All => _all;

    public bool Any => _all.Count > 0;

    public bool IsDenied(string field) => _deniedFields.Contains(field);

    public void AboutRequest(int gate, ProblemSlug slug, string detail)
    {
        First ??= slug;
        FirstAboutRequest ??= slug;
        _all.Add(new ProblemReason(gate, slug.Code, null, detail));
    }

    public void AboutField(int gate, ProblemSlug slug, string field, string detail)
    {
        First ??= slug;
        _deniedFields.Add(field);
        _all.Add(new ProblemReason(gate, slug.Code, field, detail));
    }
}
