using DataExchange.Adapters.Receipts;
using DataExchange.Adapters.Tests.Conformance;
using DataExchange.Contracts.Providers;
using Microsoft.Extensions.Time.Testing;

namespace DataExchange.Adapters.Tests.Kit;

/// <summary>The verdict names what is wrong; the suite shows that only one of them lets anything through.</summary>
public sealed class IntentCheckTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);
    private readonly IntentForge _forge = new();

    public void Dispose() => _forge.Dispose();

    [Theory]
    [InlineData("another log's name", IntentVerdict.OtherLog)]
    [InlineData("an empty receipt", IntentVerdict.Unreadable)]
    [InlineData("a leaf that is not base64", IntentVerdict.Unreadable)]
    [InlineData("a leaf with bytes behind it", IntentVerdict.Unreadable)]
    [InlineData("another index", IntentVerdict.NotLogged)]
    [InlineData("a log of another key", IntentVerdict.NotLogged)]
    [InlineData("a leaf that is not in the tree", IntentVerdict.NotLogged)]
    [InlineData("a checkpoint with a changed size", IntentVerdict.NotLogged)]
    [InlineData("a released leaf", IntentVerdict.NotAnIntent)]
    [InlineData("a stale intent", IntentVerdict.OutsideWindow)]
    [InlineData("an intent of the future", IntentVerdict.OutsideWindow)]
    [InlineData("no opening", IntentVerdict.NotOpened)]
    [InlineData("another opening key", IntentVerdict.NotOpened)]
    [InlineData("another record than committed to", IntentVerdict.NotOpened)]
    [InlineData("another subject", IntentVerdict.OtherQuestion)]
    [InlineData("another revision", IntentVerdict.OtherQuestion)]
    [InlineData("more fields", IntentVerdict.OtherQuestion)]
    public void The_verdict_names_the_first_thing_that_is_wrong(string swindle, IntentVerdict verdict) =>
        Assert.Equal(verdict, Check().Check(Swindle.Named(swindle)(_forge, Now)));

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public void The_window_holds_to_the_millisecond_either_way(int side)
    {
        var at = Now + (side * ProviderProtocol.IntentWindow);
        Assert.Equal(IntentVerdict.Accepted, Check().Check(_forge.Question(at, Register.Known.Number, ["name"])));
    }

    [Fact]
    public void A_receipt_stays_good_for_a_repeat_of_the_question()
    {
        var (check, query) = (Check(), _forge.Question(Now, Register.Known.Number, ["name", "address"]));
        Assert.Equal(IntentVerdict.Accepted, check.Check(query));
        Assert.Equal(IntentVerdict.Accepted, check.Check(query));
        Assert.Equal(IntentVerdict.OtherQuestion, check.Check(query with { Fields = ["address", "name"] }));
        Assert.Equal(IntentVerdict.OtherQuestion, check.Check(query with { Fields = ["name"] }));
    }

    [Fact]
    public void A_remembered_checkpoint_vouches_for_nothing_but_its_own_tree()
    {
        var (check, first, second) = (Check(), _forge.Question(Now, Register.Known.Number, ["name"]), _forge.Question(Now, Register.Big.Number, ["name"]));
        Assert.Equal(IntentVerdict.Accepted, check.Check(first));
        Assert.Equal(IntentVerdict.NotLogged, check.Check(second with { Intent = second.Intent with { Proof = first.Intent.Proof } }));
        Assert.Equal(IntentVerdict.NotLogged, check.Check(first with { Intent = first.Intent with { Proof = first.Intent.Proof.Replace("\n7\n", "\n6\n", StringComparison.Ordinal) } }));
    }

    [Fact]
    public void More_checkpoints_than_are_remembered_are_all_accepted()
    {
        var check = Check();
        var questions = Enumerable.Range(0, 40).Select(_ => _forge.Question(Now, Register.Known.Number, ["name"])).ToList();
        Assert.All(questions.Concat(questions), question => Assert.Equal(IntentVerdict.Accepted, check.Check(question)));
    }

    [Fact]
    public void The_zero_verdict_refuses() => Assert.NotEqual(IntentVerdict.Accepted, default);

    private IntentCheck Check() => new(_forge.Verifier, new FakeTimeProvider(Now));
}
