using DataExchange.Storage;
using DataExchange.TransparencyLog.Tests.Support;

namespace DataExchange.TransparencyLog.Tests.Faults;

/// <summary>
/// One bit of a stopped log's files has flipped, anywhere. The log is refused, by a message of our own, or everything acknowledged is
/// served as it was: a leaf that changed is never served, nor signed over. Sealed records and keys stand outside the tree; the cipher
/// that sealed a record finds out about it.
/// </summary>
public sealed class FlippedBitTests : IAsyncLifetime
{
    private static readonly int Flips = Environment.GetEnvironmentVariable("DX_FAULTS_ALL") == "1" ? 20_000 : 150;

    private readonly TemporaryFolder _origin = new(inMemory: true);
    private readonly List<(long, string)> _acknowledged = [];
    private readonly List<SignedCheckpoint> _seen = [];

    public async ValueTask InitializeAsync()
    {
        await using var region = await TestRegion.OpenAsync(_origin);
        for (var batch = 0; batch < 20; batch++)
        {
            await region.Governance.AppendAsync($"rule {batch}");
            foreach (var (result, i) in (await region.Access.AppendManyAsync(30, $"use {batch}")).Select((result, i) => (result, i)))
            {
                _acknowledged.Add((result.Index, $"use {batch} {i}"));
            }

            _seen.Add(region.Access.Latest);
        }
    }

    public ValueTask DisposeAsync()
    {
        _origin.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("exchange.db", false)]
    [InlineData("exchange.db", true)]
    [InlineData("tiles.db", false)]
    public async Task A_flipped_bit_is_refused_with_a_message_or_changes_nothing_that_is_served(string file, bool derivedDataIsGone)
    {
        var chance = new Chance(1);
        var length = new FileInfo(_origin.File(file)).Length;
        var flips = Enumerable.Range(0, Flips).Select(_ => (Position: chance.Below(length), Bit: (int)chance.Below(8))).ToList();
        var refused = 0;
        var options = new ParallelOptions { MaxDegreeOfParallelism = 2, CancellationToken = TestContext.Current.CancellationToken };
        await Parallel.ForEachAsync(flips, options, async (flip, _) =>
        {
            using var folder = new TemporaryFolder(inMemory: true);
            folder.CopyFrom(_origin.Path);
            if (derivedDataIsGone)
            {
                File.Delete(folder.File("tiles.db"));
            }

            Flip(folder.File(file), flip.Position, flip.Bit);
            try
            {
                await AssertServedAsItWasAsync(folder);
            }
            catch (Exception exception) when (exception is StorageException or LogCorruptException or LogRolledBackException)
            {
                Interlocked.Increment(ref refused);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                throw new InvalidOperationException($"Bit {flip.Bit} of byte {flip.Position} of {file}: {exception.Message}", exception);
            }
        });

        TestContext.Current.TestOutputHelper?.WriteLine($"{refused} of {Flips} were refused.");
        Assert.InRange(refused, 1, Flips - 1);
    }

    private async Task AssertServedAsItWasAsync(TemporaryFolder folder)
    {
        await using var region = await TestRegion.OpenAsync(folder);
        await LogAudit.HoldsAsync(region.Access, _acknowledged);
        await LogAudit.SoundAsync(region.Access, _seen);
        await LogAudit.SoundAsync(region.Governance);
        Assert.Equal(20, region.Governance.Latest.Size);
        Assert.Equal(_acknowledged.Count, region.Access.Latest.Size);
    }

    private static void Flip(string file, long position, int bit)
    {
        using var stream = new FileStream(file, FileMode.Open);
        stream.Position = position;
        var flipped = (byte)(stream.ReadByte() ^ (1 << bit));
        stream.Position = position;
        stream.WriteByte(flipped);
    }
}
