using DataExchange.Adapters.Fields;
using DataExchange.Adapters.Records;
using DataExchange.Adapters.Tests.Conformance;

namespace DataExchange.Adapters.Tests.Kit;

/// <summary>The kit stands between the gateway and a source that may be wrong.</summary>
public class SourceGuardTests
{
    [Theory]
    [MemberData(nameof(Swindle.All), MemberType = typeof(Swindle))]
    public async Task The_source_is_not_even_asked_without_a_logged_intent(string swindle)
    {
        var source = FakeSource.Answering(Register.Known.Number, FieldValue.Text("张三"));
        await using var adapter = await source.ServeAsync();
        Assert.Equal(403, (await adapter.AskAsync(Swindle.Named(swindle)(adapter.Forge, adapter.Clock.GetUtcNow()))).Status);
        Assert.Equal(0, source.Asked);
        Assert.Equal(200, (await adapter.AskAsync(Register.Known.Number, "name")).Status);
        Assert.Equal(1, source.Asked);
    }

    [Fact]
    public async Task A_record_of_another_subject_is_not_passed_on()
    {
        await using var adapter = await FakeSource.Answering("11010519491231002x", FieldValue.Text("张三")).ServeAsync();
        await AssertRefusedAsync(adapter, 502, "provider-subject-mismatch");
    }

    [Fact]
    public async Task A_record_of_more_values_than_asked_for_is_not_passed_on()
    {
        await using var adapter = await FakeSource.Answering(Register.Known.Number, FieldValue.Text("张三"), FieldValue.Text("secret")).ServeAsync();
        await AssertRefusedAsync(adapter, 502, "provider-schema-violation");
    }

    [Fact]
    public async Task A_value_of_another_type_is_not_passed_on()
    {
        await using var adapter = await FakeSource.Answering(Register.Known.Number, FieldValue.Boolean(true)).ServeAsync();
        await AssertRefusedAsync(adapter, 502, "provider-schema-violation");
    }

    [Fact]
    public async Task A_source_without_end_is_a_timeout()
    {
        var asked = new TaskCompletionSource();
        var source = new FakeSource(async (_, cancelled) =>
        {
            asked.SetResult();
            await Task.Delay(Timeout.Infinite, cancelled);
            return null;
        });
        await using var adapter = await source.ServeAsync();
        var answering = adapter.AskAsync(Register.Known.Number, "name");
        await asked.Task;
        adapter.Clock.Advance(TimeSpan.FromSeconds(10));
        var answer = await answering;
        Assert.Equal((504, "provider-timeout"), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task A_defect_of_the_source_is_ours_and_its_message_stays_unsaid()
    {
        await using var adapter = await FakeSource.Failing(new InvalidDataException($"cannot read {Register.Known.Number} 张三")).ServeAsync();
        await AssertRefusedAsync(adapter, 500, "internal-error");
        Assert.Contains(adapter.Log.Lines, line => line.Id == 7004 && line.Text.Contains("InvalidDataException", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_cause_of_a_failure_is_logged_by_its_type_alone()
    {
        await using var adapter = await FakeSource.Failing(SourceException.Unavailable("The register is away.", new IOException($"lost {Register.Known.Number} 张三"))).ServeAsync();
        await AssertRefusedAsync(adapter, 503, "provider-unavailable");
        Assert.Contains(adapter.Log.Lines, line => line.Id == 7002 && line.Text.Contains("System.IO.IOException", StringComparison.Ordinal));
    }

    private static async Task AssertRefusedAsync(RunningAdapter adapter, int status, string code)
    {
        var answer = await adapter.AskAsync(Register.Known.Number, "name");
        Assert.Equal((status, code), (answer.Status, answer.Code));
        foreach (var word in new[] { "张三", "secret", Register.Known.Number })
        {
            Assert.DoesNotContain(word, answer.Body, StringComparison.Ordinal);
            Assert.DoesNotContain(adapter.Log.Lines, line => line.Text.Contains(word, StringComparison.Ordinal));
        }
    }
}
