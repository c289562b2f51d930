using DataExchange.Contracts.Problems;

namespace DataExchange.Policy.Decisions;

/// <summary>Collects why a request, or single fields of it, cannot be permitted. The order in which gates add is the order of the design.</summary>
internal sealed class Reasons
{
    // Made when there is a first one: most requests are permitted.
    private List<ProblemReason>? _all;
    private HashSet<string>? _deniedFields;

    public ProblemSlug? First { get; private set; }

    /// <summary>The first reason that concerns the request as a whole; nothing of such a request can be permitted, lenient or not.</summary>
    public ProblemSlug? FirstAboutRequest { get; private set; }

    public IReadOnlyList<ProblemReason> All => _all ?? (IReadOnlyList<ProblemReason>)[];

    public bool Any => _all is not null;

    /// <summary>Whether any field has a reason of its own.</summary>
    public bool AnyField => _deniedFields is not null;

    public bool IsDenied(string field) => _deniedFields is not null && _deniedFields.Contains(field);

    public void AboutRequest(int gate, ProblemSlug slug, string detail)
    {
        First ??= slug;
        FirstAboutRequest ??= slug;
        (_all ??= []).Add(new ProblemReason(gate, slug.Code, null, detail));
    }

    public void AboutField(int gate, ProblemSlug slug, string field, string detail)
    {
        First ??= slug;
        (_deniedFields ??= new HashSet<string>(StringComparer.Ordinal)).Add(field);
        (_all ??= []).Add(new ProblemReason(gate, slug.Code, field, detail));
    }
}
