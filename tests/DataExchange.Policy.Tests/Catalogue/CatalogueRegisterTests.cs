using DataExchange.Policy.Catalogue;
using DataExchange.Policy.Model;
using DataExchange.Policy.Rules;
using DataExchange.Policy.Tests.Fixture;

namespace DataExchange.Policy.Tests.Catalogue;

public class CatalogueRegisterTests
{
    private static readonly RegionSnapshot Published = TestRegion.Founded.Publish(TestEntries.Complete);

    private static readonly Dataset Next = TestEntries.Complete with { Revision = 2 };

    [Fact]
    public void What_is_published_is_told_apart_from_what_only_changes_beside_it()
    {
        Assert.True(Published.HasSameDatasets(Published.With(TestRegion.Consent)));
        var drafted = Published.Then(new DatasetDrafted(Next, TestEntries.Steward));
        Assert.True(Published.HasSameDatasets(drafted));
        Assert.True(Published.HasSameDatasets(drafted.Then(new DatasetSubmitted(Next.Code, 2, TestEntries.Steward))));
        Assert.False(Published.HasSameDatasets(drafted.Publish(Next)));
        Assert.False(Published.HasSameDatasets(Published.Then(new DatasetWithdrawn(Next.Code, 1, "Moved.", TestEntries.Steward))));
    }

    [Fact]
    public void Each_superseded_revision_knows_what_breaks_between_it_and_the_published_one()
    {
        var entry = Published
            .Publish(Next.WithField("plate", field => field with { Nullable = true }))
            .Publish(Next.WithField("power", field => field with { Nullable = true }) with { Revision = 3 })
            .FindEntry(Next.Code)!;

        Assert.Equal(["power"], entry.Find(1)!.Breaks.Select(change => change.Field));
        Assert.Equal(["power"], entry.Find(2)!.Breaks.Select(change => change.Field));
        Assert.Empty(entry.Find(3)!.Breaks);
    }

    [Fact]
    public void Entries_come_by_code() => Assert.Equal(
        ["housing/flats", "registry/informants", "registry/residence", "registry/vehicles"],
        Published.Then(new DatasetDrafted(TestEntries.Complete with { Code = "housing/flats" }, TestEntries.Steward)).Catalogue.Select(entry => entry.Code));

    [Fact]
    public void A_return_is_remembered_until_the_draft_is_gone()
    {
        var rules = TestRegion.Founded.Then(new DatasetDrafted(TestEntries.Complete, TestEntries.Steward)).Then(new DatasetSubmitted(Next.Code, 1, TestEntries.Steward))
            .Then(new DatasetReturned(Next.Code, 1, "Vague.", TestEntries.Reviewer)).Then(new DatasetDrafted(TestEntries.Complete, TestEntries.Steward));
        var draft = rules.FindEntry(Next.Code)!.Draft!;
        Assert.Equal(("Vague.", RevisionState.Draft, null), (draft.ReturnedFor, draft.State, draft.SubmittedAt));
        Assert.Null(rules.Then(new DatasetDiscarded(Next.Code, 1, TestEntries.Steward)).FindEntry(Next.Code)!.Draft);
    }
}
