using DataExchange.Merkle;
using DataExchange.Witness.Hosting;
using DataExchange.Witness.State;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace DataExchange.Witness.Tests.Support;

/// <summary>A witness inside the test's process, asked over real HTTP.</summary>
internal sealed class RunningWitness : IAsyncDisposable
{
    public const string Name = "witness.example/civil-affairs";

    private readonly WitnessHost _host;

    private RunningWitness(WitnessHost host)
    {
        _host = host;
        Client = new HttpClient { BaseAddress = host.Address, Timeout = TimeSpan.FromMinutes(2) };
    }

    public HttpClient Client { get; }

    public Uri Address => _host.Address;

    public NoteVerifier Verifier => _host.Verifier;

    public static Task<RunningWitness> StartAsync(TemporaryFolder folder, params UniformLog[] logs) => StartAsync(OptionsOf(folder, logs));

    public static async Task<RunningWitness> StartAsync(
        WitnessOptions options, TimeProvider? clock = null, ILoggerFactory? loggers = null, Func<string, IStateStore>? openStore = null) =>
        new(await WitnessHost.StartAsync(
            options,
            new WitnessHosting { Clock = clock ?? TimeProvider.System, Services = services => services.AddSingleton(loggers ?? NullLoggerFactory.Instance) },
            openStore,
            TestContext.Current.CancellationToken));

    public static WitnessOptions OptionsOf(TemporaryFolder folder, params UniformLog[] logs)
    {
        var options = new WitnessOptions { Name = Name, Folder = folder.Path, Listen = "http://127.0.0.1:0" };
        foreach (var log in logs)
        {
            options.Logs.Add(new WitnessedLogOptions { Origin = log.Origin, Keys = { log.Verifier.ToString() } });
        }

        return options;
    }

    public async Task<Answer> SubmitAsync(string body) =>
        await Answer.OfAsync(await Client.PostAsync("add-checkpoint", new StringContent(body), TestContext.Current.CancellationToken));

    public Task<Answer> SubmitAsync(UniformLog log, long oldSize, long size) => SubmitAsync(log.Body(oldSize, size));

    public async Task<Answer> GetAsync(string path) => await Answer.OfAsync(await Client.GetAsync(path, TestContext.Current.CancellationToken));

    /// <summary>Time of the cosignature in an answer to the submission of that size, verified.</summary>
    public long TimeOf(Answer answer, UniformLog log, long size)
    {
        Assert.Equal(200, answer.Status);
        Assert.True(SignedNote.TryParse(log.Note(size) + answer.Body, out var note));
        return Assert.NotNull(note.CosignedAt(Verifier));
    }

    public ValueTask DisposeAsync()
    {
        Client.Dispose();
        return _host.DisposeAsync();
    }
}
