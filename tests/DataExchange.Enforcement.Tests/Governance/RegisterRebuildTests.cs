using DataExchange.Contracts.Records;
using DataExchange.Enforcement.Erasures;
using DataExchange.Enforcement.Governance;
using DataExchange.Enforcement.Subjects;
using DataExchange.Enforcement.Tests.Erasures;
using DataExchange.Policy.Commands;
using DataExchange.Policy.Consents;
using DataExchange.Policy.Erasures;
using DataExchange.TransparencyLog;
using Microsoft.Data.Sqlite;
using static DataExchange.Enforcement.Tests.Support.TestRegion;

namespace DataExchange.Enforcement.Tests.Governance;

/// <summary>The registers' rows are what the governance log and the vault make of them, byte for byte.</summary>
public class RegisterRebuildTests
{
    private static readonly SubjectRef[] People = [.. Enumerable.Range(0, 9).Select(number => new SubjectRef("cn-resident-id", ResidentNumber(number)))];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task After_any_history_the_rebuilt_rows_are_those_that_stood(int seed)
    {
        await using var region = await LedgerRegion.FoundedAsync();
        await LiveAsync(region, seed);
        var live = Dump(region);
        Assert.True(live.Count > 3);

        var report = await region.Get<RegisterRebuild>().RunAsync(Cancellation);
        Assert.Equal((0, 0), (report.Wrong, report.Extra));
        Assert.Equal(live, Dump(region));

        // Whatever happened to the rows: also those that nobody ever wrote.
        var keys = Run(region, "SELECT count(*) FROM register_state WHERE register = 'idempotency'");
        Assert.NotEqual(0L, keys);
        Run(region, "DELETE FROM register_state WHERE register = 'consent' AND log_index % 3 = 0");
        Run(region, "UPDATE register_state SET value = x'7b7d' WHERE register = 'consent' AND log_index % 3 = 1");
        Run(region, "INSERT INTO register_state (register, id, log_index, value) VALUES ('consent', 'never', 1, x'7b7d')");
        report = await region.Get<RegisterRebuild>().RunAsync(Cancellation);
        Assert.True(report.Wrong > 0);
        Assert.Equal(1, report.Extra);
        Assert.Equal(live, Dump(region));
        Assert.Equal(keys, Run(region, "SELECT count(*) FROM register_state WHERE register = 'idempotency'"));

        await region.StartAsync();
        await region.Ledger.FoundAsync(Founding(), Cancellation);
        Assert.Equal(live.Count(row => row.StartsWith("consent ", StringComparison.Ordinal)), region.Ledger.Current.Consents.Count);
    }

    [Fact]
    public async Task A_rebuild_that_is_broken_off_leaves_the_rows_that_stood()
    {
        await using var region = await LedgerRegion.FoundedAsync();
        await LiveAsync(region, seed: 3);
        var live = Dump(region);
        await Assert.ThrowsAsync<OperationCanceledException>(async () => await region.Get<IStateRebuild>().ReplaceAsync(BrokenOff(), [], Cancellation));
        Assert.Equal(live, Dump(region));

        // And the log goes on.
        var person = await region.ResolveAsync(LiSi);
        Assert.Null((await region.RequestAsync(person)).Problem);

        static async IAsyncEnumerable<TransparencyLog.Stores.IndexedChange> BrokenOff()
        {
            await Task.CompletedTask;
            yield return new(0, new StateChange("consent", "one", "{}"u8.ToArray()));
            throw new OperationCanceledException();
        }
    }

    [Fact]
    public async Task People_whose_erasure_was_ordered_and_not_carried_out_are_not_brought_back()
    {
        await using var region = await LedgerRegion.FoundedAsync();
        var (zhang, li) = await ErasedRegion.ConsentingAsync(region);
        var order = new Policy.Subjects.OrderedErasure(new string('a', 32), nameof(ErasureBasis.Unlawful), "operator", [Convert.FromHexString(zhang.Handle.Value)]);
        await region.Get<SubjectVault>().RememberAsync(order, Cancellation);
        await region.Ledger.OrderErasureAsync(new Policy.Events.ErasureOrdered(order.Id, 1, ErasureBasis.Unlawful, "operator"), [zhang.Handle], Cancellation);

        var report = await region.Get<RegisterRebuild>().RunAsync(Cancellation);
        Assert.Equal((0, 0), (report.Wrong, report.Extra));
        Assert.Single(Dump(region), row => row.StartsWith("consent ", StringComparison.Ordinal));
        Assert.NotEmpty(region.Ledger.Current.ConsentsOf(li.Handle));
    }

    /// <summary>Consents of every kind and fate, over months, with restarts, appends whose outcome nobody knew, and erasures.</summary>
    private static async Task LiveAsync(LedgerRegion region, int seed)
    {
        var chance = (uint)seed;
        for (var step = 0; step < 120; step++)
        {
            var person = await region.ResolveAsync(People[Next(People.Length)]);
            var consents = region.Ledger.Current.ConsentsOf(person.Handle);
            var id = consents.Count > 0 ? consents[Next(consents.Count)].Id : "none";
            switch (Next(12))
            {
                case 0 or 1 or 2:
                    var request = region.RequestFor(person) with { MaxUses = Next(2) == 0 ? 2 : null };
                    await region.Ledger.ExecuteAsync(
                        request with { Period = request.MaxUses is null || Next(2) == 0 ? null : ConsentPeriod.Month }, person,
                        new Idempotency($"{seed}-{step}".PadLeft(64, '0'), "fingerprint"), Cancellation);
                    break;
                case 3 or 4 or 5:
                    await region.DecideAsync(person, id, ConsentDecision.Give);
                    break;
                case 6:
                    await region.DecideAsync(person, id, (ConsentDecision)(2 + Next(2)));
                    break;
                case 7 or 8:
                    await region.Ledger.ExecuteAsync(new UseConsent { By = Party.Gateway, Subject = person.Handle, Id = id, Exchange = step }, person, Cancellation);
                    break;
                case 9:
                    region.Time.Advance(TimeSpan.FromDays(Next(40)));
                    break;
                case 10 when step % 4 == 0:
                    await region.Get<SubjectErasure>().EraseAsync([People[Next(People.Length)]], ErasureBasis.ConsentWithdrawn, "operator", Cancellation);
                    break;
                case 10:
                    region.Log.OnAppend = async (_, append) =>
                    {
                        await append();
                        throw new LogUnavailableException("broken by the test");
                    };
                    await Record.ExceptionAsync(() => region.RequestAsync(person).AsTask());
                    region.Log.OnAppend = null;
                    break;
                default:
                    if (step % 5 == 0)
                    {
                        await region.StartAsync();
                        await region.Ledger.FoundAsync(Founding(), Cancellation);
                    }

                    break;
            }
        }

        var last = await region.ResolveAsync(ZhangSan);
        await region.Ledger.ExecuteAsync(region.RequestFor(last), last, new Idempotency(new string('f', 64), "fingerprint"), Cancellation);

        int Next(int below)
        {
            chance = (chance * 1_664_525) + 1_013_904_223; // The same history at every run.
            return (int)((chance >> 16) % (uint)below);
        }
    }

    /// <summary>Everything but the answers that idempotency keys stand for.</summary>
    private static List<string> Dump(LedgerRegion region)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(region.Folder, "exchange.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT register || ' ' || id || ' ' || log_index || ' ' || hex(value) FROM register_state WHERE register <> 'idempotency' ORDER BY register, id";
        using var rows = command.ExecuteReader();
        var dump = new List<string>();
        while (rows.Read())
        {
            dump.Add(rows.GetString(0));
        }

        return dump;
    }

    private static long Run(LedgerRegion region, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(region.Folder, "exchange.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Texts of this test.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command.ExecuteScalar() as long? ?? 0;
    }

    // GB 11643: the last place is a checksum over the others.
    private static string ResidentNumber(int number)
    {
        var digits = $"110101199003{10 + number:D2}{100 + number}";
        int[] weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
        return digits + "10X98765432"[digits.Select((digit, at) => (digit - '0') * weights[at]).Sum() % 11];
    }
}
