using DataExchange.Cli.Tests.Logs;
using DataExchange.Merkle;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace DataExchange.Cli.Tests.Witnesses;

/// <summary>A witness's key and its monitoring endpoint.</summary>
internal sealed class TestWitness : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly CheckpointCosigner _cosigner;

    private TestWitness(WebApplication app, CheckpointCosigner cosigner) => (_app, _cosigner) = (app, cosigner);

    /// <summary>What it shows of the log; null for nothing.</summary>
    public string? Shows { get; set; }

    public string Address => _app.Urls.Single();

    public string Vkey => _cosigner.Verifier.ToString();

    public static async Task<TestWitness> StartAsync(string name)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var witness = new TestWitness(app, CheckpointCosigner.FromSeed(name, NoteSigner.NewSeed()));
        app.MapGet("/" + WitnessPaths.Checkpoint(TestLog.Origin), context =>
        {
            var known = witness.Shows is not null;
            context.Response.StatusCode = known ? StatusCodes.Status200OK : StatusCodes.Status404NotFound;
            return known ? context.Response.WriteAsync(witness.Shows!) : Task.CompletedTask;
        });
        await app.StartAsync();
        return witness;
    }

    /// <summary>Cosigns what the log shows now, and shows that.</summary>
    public string Cosign(TestLog log, long unixSeconds)
    {
        var note = File.ReadAllText(log.FileOf("checkpoint"));
        Assert.True(SignedNote.TryParse(note, out var signed) && Checkpoint.TryParse(signed.Text, out _));
        Assert.True(Checkpoint.TryParse(signed.Text, out var checkpoint));
        return Shows = note + _cosigner.SignatureLine(checkpoint, unixSeconds);
    }

    public async ValueTask DisposeAsync()
    {
        _cosigner.Dispose();
        await _app.DisposeAsync();
    }
}
