using System.Text.Json.Nodes;
using DataExchange.Contracts.Problems;
using DataExchange.Gateway.Tests.Running;
using DataExchange.Merkle;
using DataExchange.Witness;
using DataExchange.Witness.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace DataExchange.Gateway.Tests.Witnesses;

/// <summary>A region whose policy has releases wait for a witness: a real one, in a server of its own, that can be stopped and started.</summary>
public sealed class RequiredWitnessTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("dx-required-");
    private readonly WitnessOptions _options = new() { Name = "witness.example", Listen = "http://127.0.0.1:0" };
    private SlowProvider _provider = null!;
    private WitnessHost _witness = null!;
    private GatewayProcess? _gateway;
    private NoteVerifier _log = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _provider = await SlowProvider.StartAsync();
        _provider.Release();
        _options.Folder = Path.Combine(_folder.FullName, "witness");
        foreach (var name in new[] { "access", "governance" })
        {
            var log = WriteKey(name);
            _log = name == "access" ? log : _log;
            _options.Logs.Add(new WitnessedLogOptions { Origin = log.Name, Keys = { log.ToString() } });
        }

        _witness = await StartWitnessAsync();
        _options.Listen = _witness.Address.GetLeftPart(UriPartial.Authority);
        var founding = JsonNode.Parse(await File.ReadAllTextAsync(_provider.Settings["FoundingFile"], Cancelled))!;
        founding["witnesses"] = new JsonObject { ["mode"] = "Required", ["policy"] = $"witness w {_witness.Verifier} {_witness.Address}\nquorum w\n" };
        var file = Path.Combine(_folder.FullName, "founding.json");
        await File.WriteAllTextAsync(file, founding.ToJsonString(), Cancelled);
        _gateway = await GatewayProcess.StartAsync(
            new Dictionary<string, string>(_provider.Settings) { ["FoundingFile"] = file }, Path.Combine(_folder.FullName, "data"));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var part in new IAsyncDisposable?[] { _gateway, _witness, _provider })
        {
            if (part is not null)
            {
                await part.DisposeAsync();
            }
        }

        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task No_release_without_the_witness_and_each_one_with_its_cosignature()
    {
        var housing = await Api.OfClientAsync(_gateway!.Client, "housing-authority");
        Assert.NotNull(CosignedAt((await QueryAsync(housing)).Released.Receipt.Proof));

        await _witness.DisposeAsync();
        var refused = await QueryAsync(housing);
        Assert.Equal(ProblemSlugs.AuditUnavailable.Code, refused.Problem?.Code);
        Assert.Contains("Degraded", await _gateway!.Client.GetStringAsync("/health/ready", Cancelled), StringComparison.Ordinal);

        // Back on the same address with the same state, it is found again by itself.
        _witness = await StartWitnessAsync();
        for (var tries = 0; ; tries++)
        {
            if (await QueryAsync(housing) is { Problem: null } answer)
            {
                Assert.NotNull(CosignedAt(answer.Released.Receipt.Proof));
                return;
            }

            Assert.True(tries < 20, "The witness is back, and nothing is released.");
        }
    }

    private static Task<Answer<Contracts.Records.RecordAnswer>> QueryAsync(Api housing) =>
        housing.QueryAsync("public-security/residence", DemoPeople.First.Number, "rental-housing-application", "name");

    private long? CosignedAt(string text)
    {
        Assert.True(TlogProof.TryParse(text, out var proof));
        Assert.True(Checkpoint.TryOpen(proof.CheckpointNote, _log, out _));
        Assert.True(SignedNote.TryParse(proof.CheckpointNote, out var note));
        return note.CosignedAt(_witness.Verifier);
    }

    private Task<WitnessHost> StartWitnessAsync() => WitnessHost.StartAsync(_options, NullLoggerFactory.Instance, TimeProvider.System, Cancelled);

    // The witness has to know the log's key before the log is first opened, so the key is made here, as the gateway would make it.
    private NoteVerifier WriteKey(string name)
    {
        var data = Directory.CreateDirectory(Path.Combine(_folder.FullName, "data"));
        var seed = NoteSigner.NewSeed();
        var file = Path.Combine(data.FullName, name + ".key");
        File.WriteAllText(file, Convert.ToBase64String(seed) + "\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        using var signer = NoteSigner.FromSeed("demo.example/" + name, seed);
        return signer.Verifier;
    }
}
