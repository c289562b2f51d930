using System.Text.Json.Nodes;
using DataExchange.TransparencyLog.Tests.Support;
using DataExchange.TransparencyLog.Tests.Witnessing;

namespace DataExchange.TransparencyLog.Tests.Adoption;

/// <summary>A data folder that was put back to an older state, beside the marks that remember more, and orders over it.</summary>
internal sealed class RolledBackFolder : IDisposable
{
    public const int StoredAccess = 100;
    public const int StoredGovernance = 30;
    public const int Lost = 50;

    public static readonly string Id = new('a', 32);

    private readonly TemporaryFolder _backup = new(inMemory: true);
    private readonly TemporaryFolder _marks = new(inMemory: true);

    private RolledBackFolder()
    {
    }

    public TemporaryFolder Folder { get; } = new(inMemory: true);

    public string Exchange => Folder.File("exchange.db");

    public string OrderFile => Folder.File("adopt.json");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Grows the logs, takes a backup, grows them again, and restores it.</summary>
    public static async Task<RolledBackFolder> MakeAsync(bool loseGovernance = false, IWitnessDirectory? witnesses = null, Func<TestRegion, Task>? seen = null)
    {
        var made = new RolledBackFolder();
        await using (var region = await made.OpenAsync())
        {
            for (var i = 0; i < StoredGovernance; i++)
            {
                await region.Governance.AppendAsync(Entries.Of($"rule {i}", null, Entries.Set("rule", $"{i % 10}", $"{i}")), Token);
            }

            await region.Access.AppendManyAsync(StoredAccess, "before the backup");
        }

        made._backup.CopyFrom(made.Folder.Path);
        await using (var region = await made.OpenAsync(witnesses: witnesses))
        {
            await region.Access.AppendManyAsync(Lost, "after the backup");
            if (loseGovernance)
            {
                await region.Governance.AppendAsync(Entries.Of("a lost rule", null, Entries.Set("rule", "lost", "lost")), Token);
            }

            await (seen?.Invoke(region) ?? Task.CompletedTask);
        }

        made.Restore();
        return made;
    }

    /// <summary>Puts the folder back to the backup, keys of later generations excepted: whoever restores files does not remove others.</summary>
    public void Restore()
    {
        foreach (var file in Directory.GetFiles(Folder.Path, "*.db*"))
        {
            File.Delete(file);
        }

        foreach (var file in Directory.GetFiles(_backup.Path))
        {
            File.Copy(file, Folder.File(Path.GetFileName(file)), overwrite: true);
        }
    }

    /// <param name="fault">Breaks the store on the way; the governance log's batches and everything about retired logs.</param>
    /// <param name="witnesses">Who is asked.</param>
    public Task<TestRegion> OpenAsync(Action<FaultyStorage>? fault = null, IWitnessDirectory? witnesses = null) => TestRegion.OpenAsync(
        Folder,
        decorate: fault is null ? null : inner =>
        {
            var storage = new FaultyStorage(inner, LogNames.Governance);
            fault(storage);
            return storage;
        },
        configure: options =>
        {
            WitnessingTests.Quick(options);
            options.HighWaterMarkFolder = _marks.Path;
            options.HighWaterMarkInterval = TimeSpan.FromMilliseconds(1);
        },
        witnesses: witnesses);

    /// <summary>The mark of an origin, as a note.</summary>
    public string Mark(string label) => File.ReadAllText(_marks.File($"test.example-{label}.checkpoint"));

    /// <summary>A log's part of an order, as it should be.</summary>
    public JsonObject Part(string log, params string[] known) => new()
    {
        ["log"] = log,
        ["origin"] = Key(log).Split('+')[0],
        ["vkey"] = Key(log),
        ["size"] = (long)Sql.Run(Exchange, $"SELECT size FROM log_head WHERE log = '{log}'")!,
        ["root"] = Convert.ToBase64String((byte[])Sql.Run(Exchange, $"SELECT root FROM log_head WHERE log = '{log}'")!),
        ["known"] = new JsonArray([.. known.Select(note => JsonValue.Create(note))]),
    };

    /// <summary>Leaves the order, as dx log adopt does.</summary>
    public void Order(string? id, params JsonObject[] parts) => File.WriteAllText(
        OrderFile, new JsonObject { ["id"] = id ?? Id, ["reason"] = "the disk is gone", ["logs"] = new JsonArray([.. parts]) }.ToJsonString());

    public async Task RefusesToStartAsync() => await Assert.ThrowsAsync<LogRolledBackException>(() => OpenAsync());

    public void Dispose()
    {
        Folder.Dispose();
        _backup.Dispose();
        _marks.Dispose();
    }

    private string Key(string log) => (string)Sql.Run(Exchange, $"SELECT vkey FROM log_key WHERE log = '{log}'")!;
}
