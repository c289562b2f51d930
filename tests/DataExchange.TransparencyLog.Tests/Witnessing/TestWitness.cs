using System.Globalization;
using System.Net;
using System.Text;
using DataExchange.Merkle;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace DataExchange.TransparencyLog.Tests.Witnessing;

/// <summary>
/// A witness of one log over real HTTP that does what C2SP tlog-witness says, as far as its logs need it, and can be told to misbehave.
/// It keeps what it has seen in memory: what a real one does with its disk is tested where that one is.
/// </summary>
public sealed class TestWitness : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly CheckpointCosigner _cosigner;
    private readonly Dictionary<string, Checkpoint> _seen = [];
    private readonly Dictionary<string, string> _notes = [];
    private WebApplication? _app;

    private TestWitness(string name, int seed) => _cosigner = CheckpointCosigner.FromSeed(name, [.. Enumerable.Repeat((byte)seed, 32)]);

    public NoteVerifier Verifier => _cosigner.Verifier;

    public CheckpointCosigner Cosigner => _cosigner;

    public Uri Address { get; private set; } = null!;

    /// <summary>Answers a request in the witness's place; null lets the witness answer.</summary>
    public Func<HttpContext, Task<bool>>? Misbehaviour { get; set; }

    /// <summary>Whether it shows what it holds, which a witness need not.</summary>
    public bool Shows { get; set; } = true;

    public static async Task<TestWitness> StartAsync(string name, int seed, int port = 0)
    {
        var witness = new TestWitness(name, seed);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        var app = builder.Build();
        app.Run(witness.AnswerAsync);
        await app.StartAsync();
        witness._app = app;
        witness.Address = new Uri(app.Urls.First());
        return witness;
    }

    /// <summary>The newest checkpoint it holds of a log.</summary>
    public Checkpoint? Seen(string origin)
    {
        lock (_gate)
        {
            return _seen.GetValueOrDefault(origin);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }

        _cosigner.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        if (Misbehaviour is { } misbehaviour && await misbehaviour(context))
        {
            return;
        }

        if (HttpMethods.IsGet(context.Request.Method))
        {
            await ShowAsync(context);
            return;
        }

        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var (status, body) = Add(await reader.ReadToEndAsync());
        context.Response.StatusCode = status;
        await context.Response.WriteAsync(body);
    }

    private async Task ShowAsync(HttpContext context)
    {
        string? note;
        lock (_gate)
        {
            note = _notes.FirstOrDefault(pair => context.Request.Path == "/" + WitnessPaths.Checkpoint(pair.Key)).Value;
        }

        if (note is null || !Shows)
        {
            context.Response.StatusCode = 404;
            return;
        }

        await context.Response.WriteAsync(note);
    }

    private (int Status, string Body) Add(string text)
    {
        if (!AddCheckpointRequest.TryParse(text, out var request) || !SignedNote.TryParse(request.Checkpoint, out var note) || !Checkpoint.TryParse(note.Text, out var checkpoint))
        {
            return (400, "");
        }

        lock (_gate)
        {
            var held = _seen.GetValueOrDefault(checkpoint.Origin) ?? new Checkpoint(checkpoint.Origin, 0, TreeHasher.EmptyRoot);
            if (request.OldSize != held.Size)
            {
                return (409, held.Size.ToString(CultureInfo.InvariantCulture) + "\n");
            }

            if (checkpoint.Size == held.Size && checkpoint.Root != held.Root)
            {
                return (409, "");
            }

            if (!ProofVerifier.Consistency(held.Size, checkpoint.Size, held.Root, checkpoint.Root, request.Proof))
            {
                return (422, "");
            }

            (_seen[checkpoint.Origin], _notes[checkpoint.Origin]) = (checkpoint, request.Checkpoint);
            return (200, _cosigner.SignatureLine(checkpoint, 1_790_000_000));
        }
    }
}
