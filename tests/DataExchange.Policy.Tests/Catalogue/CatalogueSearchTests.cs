using DataExchange.Policy.Catalogue;
using DataExchange.Policy.Model;
using DataExchange.Policy.Rules;
using DataExchange.Policy.Tests.Fixture;

namespace DataExchange.Policy.Tests.Catalogue;

public class CatalogueSearchTests
{
    // Founded with registry/informants (prohibited) and registry/residence; housing/flats is only a draft, registry/boats is withdrawn.
    private static readonly RegionSnapshot Rules = TestRegion.Founded
        .Publish(TestEntries.Complete)
        .Publish(TestEntries.Complete with { Code = "registry/boats", Names = TestEntries.Text("船舶", "Boats"), Fields = [TestEntries.Complete.Fields[2]], Classification = "L1" })
        .Then(new DatasetWithdrawn("registry/boats", 1, "Moved.", TestEntries.Steward))
        .Then(new DatasetDrafted(TestEntries.Complete with { Code = "housing/flats", Names = TestEntries.Text("公租房", "Flats"), ShareClass = ShareClass.Unconditional }, TestEntries.Steward))
        .Then(new DatasetDrafted(TestEntries.Complete with { Code = "housing/gone" }, TestEntries.Steward))
        .Then(new DatasetDiscarded("housing/gone", 1, TestEntries.Steward));

    public static TheoryData<string, string> Queries => new(Found.Select(pair => (pair.Key, pair.Value.Codes)));

    private static readonly Dictionary<string, (CatalogueQuery Query, string Codes)> Found = new()
    {
        ["everything that is something"] = (new(), "housing/flats registry/boats registry/informants registry/residence registry/vehicles"),
        ["a Chinese name"] = (new() { Text = "户籍" }, "registry/residence"),
        ["an English name, whatever the case"] = (new() { Text = "VEHICLE registration" }, "registry/vehicles"),
        ["a field's name"] = (new() { Text = "registeredon" }, "housing/flats registry/vehicles"),
        ["a field's Chinese name"] = (new() { Text = "号牌" }, "housing/flats registry/vehicles"),
        ["a field's category"] = (new() { Text = "dpv-pd:health" }, "registry/residence"),
        ["a description"] = (new() { Text = "keeps motor" }, "housing/flats registry/boats registry/vehicles"),
        ["a theme"] = (new() { Text = "transport" }, "housing/flats registry/boats registry/vehicles"),
        ["words that do not meet in one entry"] = (new() { Text = "户籍 vehicle" }, ""),
        ["a provider"] = (new() { Provider = "housing" }, "housing/flats"),
        ["a share class"] = (new() { ShareClass = ShareClass.Prohibited }, "registry/informants"),
        ["a classification"] = (new() { Classification = "L1" }, "registry/boats"),
        ["no personal data"] = (new() { Personal = false }, "registry/boats"),
        ["personal data, and none sensitive"] = (new() { Personal = true, Sensitive = false }, "registry/informants"),
        ["published"] = (new() { State = RevisionState.Published }, "registry/informants registry/residence registry/vehicles"),
        ["withdrawn"] = (new() { State = RevisionState.Withdrawn }, "registry/boats"),
        ["drafts"] = (new() { State = RevisionState.Draft }, "housing/flats"),
        ["under review"] = (new() { State = RevisionState.UnderReview }, ""),
        ["changed since the founding"] = (new() { UpdatedSince = TestEntries.Later }, "housing/flats registry/boats registry/vehicles"),
        ["changed in the future"] = (new() { UpdatedSince = TestEntries.Later.AddTicks(1) }, ""),
    };

    [Theory]
    [MemberData(nameof(Queries))]
    public void What_is_asked_for_is_found_and_nothing_else(string what, string codes)
    {
        var page = CatalogueSearch.Find(Rules.Catalogue, Found[what].Query);
        Assert.Equal(codes, string.Join(' ', page.Entries.Select(entry => entry.Code)));
        Assert.Equal(page.Entries.Count, page.Total);
        Assert.Null(page.Next);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public void Pages_hold_every_entry_once(int limit)
    {
        var (codes, query) = (new List<string>(), new CatalogueQuery { Limit = limit });
        while (true)
        {
            var page = CatalogueSearch.Find(Rules.Catalogue, query);
            Assert.Equal(5, page.Total);
            Assert.InRange(page.Entries.Count, 1, limit);
            codes.AddRange(page.Entries.Select(entry => entry.Code));
            if (page.Next is null)
            {
                break;
            }

            query = query with { After = page.Next };
        }

        Assert.Equal(Found["everything that is something"].Codes.Split(' '), codes);
    }

    [Fact]
    public void A_page_goes_on_where_the_last_one_ended_although_that_entry_is_gone() => Assert.Equal(
        "registry/informants", CatalogueSearch.Find(Rules.Catalogue, new CatalogueQuery { After = "registry/fungi" }).Entries[0].Code);
}
