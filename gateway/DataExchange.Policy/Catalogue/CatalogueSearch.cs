using DataExchange.Policy.Model;

namespace DataExchange.Policy.Catalogue;

/// <summary>Finds entries. Pages go by code, so an entry that comes or goes meanwhile makes no other appear twice or be passed over.</summary>
public static class CatalogueSearch
{
    /// <param name="entries">The catalogue, by code.</param>
    /// <param name="query">What is looked for.</param>
    public static CataloguePage Find(IEnumerable<CatalogueEntry> entries, CatalogueQuery query)
    {
        ArgumentNullException.ThrowIfNull(entries);
        ArgumentNullException.ThrowIfNull(query);
        var words = (query.Text ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var found = entries.Where(entry => entry.Newest is { } newest && Matches(entry, newest, query) && MatchesWords(newest, words)).ToList();
        var page = found
            .SkipWhile(entry => query.After is not null && string.CompareOrdinal(entry.Code, query.After) <= 0)
            .Take(query.Limit + 1).ToList();
        return page.Count > query.Limit
            ? new CataloguePage(page[..query.Limit], found.Count, page[query.Limit - 1].Code)
            : new CataloguePage(page, found.Count, null);
    }

    private static bool Matches(CatalogueEntry entry, Dataset dataset, CatalogueQuery query) =>
        (query.Provider is null || dataset.ProviderCode() == query.Provider)
        && (query.ShareClass is null || dataset.ShareClass == query.ShareClass)
        && (query.Classification is null || dataset.Classification == query.Classification)
        && (query.Personal is null || dataset.Fields.Any(field => field.IsPersonal()) == query.Personal)
        && (query.Sensitive is null || dataset.Fields.Any(field => field.Sensitive) == query.Sensitive)
        && (query.State is null || entry.State == query.State || entry.DraftState == query.State)
        && (query.UpdatedSince is null || entry.Updated >= query.UpdatedSince);

    private static bool MatchesWords(Dataset dataset, string[] words) =>
        words.Length == 0 || (Texts(dataset).ToList() is var texts && Array.TrueForAll(words, word => texts.Exists(text => text.Contains(word, StringComparison.OrdinalIgnoreCase))));

    private static IEnumerable<string> Texts(Dataset dataset)
    {
        yield return dataset.Code;
        yield return dataset.Theme ?? "";
        foreach (var text in dataset.Names.Values.Concat(dataset.Descriptions?.Values ?? Enumerable.Empty<string>()))
        {
            yield return text;
        }

        foreach (var field in dataset.Fields)
        {
            yield return field.Name;
            yield return field.Category;
            foreach (var name in field.Names?.Values ?? Enumerable.Empty<string>())
            {
                yield return name;
            }
        }
    }
}
