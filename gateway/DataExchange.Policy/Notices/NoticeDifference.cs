using DataExchange.Policy.Model;

namespace DataExchange.Policy.Notices;

/// <summary>What two revisions of a notice differ in, as far as it can be seen without reading them.</summary>
public static class NoticeDifference
{
    /// <summary>Members of the substance in which they differ: <c>purpose</c>, <c>dataset</c>, <c>recipient</c>, <c>fields</c>, <c>method</c>. Another order of fields is no difference, and neither is a translation that was added.</summary>
    public static IReadOnlyList<string> OfSubstance(ConsentNotice before, ConsentNotice after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        var differences = new List<string>();
        Add("purpose", before.Purpose != after.Purpose);
        Add("dataset", before.Dataset != after.Dataset);
        Add("recipient", before.Recipient != after.Recipient);
        Add("fields", !before.Fields.ToHashSet(StringComparer.Ordinal).SetEquals(after.Fields));
        Add("method", !Says(before.Method, after.Method));
        return differences;

        void Add(string member, bool differs)
        {
            if (differs)
            {
                differences.Add(member);
            }
        }
    }

    /// <summary>Languages whose text differs, or is there in one of them only.</summary>
    public static IReadOnlyList<string> OfTexts(ConsentNotice before, ConsentNotice after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        return [.. before.Texts.Keys.Union(after.Texts.Keys).Where(language => before.Texts.GetValueOrDefault(language) != after.Texts.GetValueOrDefault(language)).Order(StringComparer.Ordinal)];
    }

    // Nothing said is not the same as something said; what was said has to be said in the same words still.
    private static bool Says(LocalizedText? before, LocalizedText? after) =>
        before is null or { Count: 0 } ? after is null or { Count: 0 } : after is not null && before.All(text => after.GetValueOrDefault(text.Key) == text.Value);
}
