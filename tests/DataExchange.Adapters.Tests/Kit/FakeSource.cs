using DataExchange.Adapters.Fields;
using DataExchange.Adapters.Hosting;
using DataExchange.Adapters.Records;
using DataExchange.Adapters.Tests.Conformance;

namespace DataExchange.Adapters.Tests.Kit;

/// <summary>A source that does what the test says, and counts how often it is asked.</summary>
internal sealed class FakeSource(Func<SourceQuestion, CancellationToken, ValueTask<SourceRecord?>> find) : IRecordSource
{
    private int _asked;

    public int Asked => _asked;

    public IReadOnlyCollection<DatasetMap> Datasets { get; } =
    [
        new DatasetMap(Register.Dataset, [1], Register.Scheme, [new FieldMap("name", "name", FieldType.Text), new FieldMap("age", "age", FieldType.Integer)]),
    ];

    public static FakeSource Answering(string subject, params FieldValue[] values) => new((_, _) => new ValueTask<SourceRecord?>(new SourceRecord(subject, values)));

    public static FakeSource Failing(Exception exception) => new((_, _) => ValueTask.FromException<SourceRecord?>(exception));

    public Task<RunningAdapter> ServeAsync(int maxRequestBytes = 256 * 1024)
    {
        var forge = new IntentForge();
        return RunningAdapter.StartAsync(new AdapterOptions { Log = forge.Verifier, MaxRequestBytes = maxRequestBytes }, _ => this, forge);
    }

    public ValueTask<SourceRecord?> FindAsync(SourceQuestion question, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _asked);
        return find(question, cancellationToken);
    }

    public ValueTask<SourceHealth> CheckAsync(CancellationToken cancellationToken) => ValueTask.FromResult(SourceHealth.Ready);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
