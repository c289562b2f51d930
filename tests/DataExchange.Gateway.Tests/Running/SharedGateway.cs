using DataExchange.Gateway.Tests.Running;

[assembly: AssemblyFixture(typeof(SharedGateway))]

namespace DataExchange.Gateway.Tests.Running;

/// <summary>
/// One running gateway for every test that leaves it as it was for the others: each takes people of its own. Started by the first
/// test that needs it.
/// </summary>
public sealed class SharedGateway : IAsyncDisposable
{
    // Floods run here side by side: that a provider seems slow then says nothing about it.
    private static readonly Dictionary<string, string> Patient = new(
        from member in new[] { "public-security", "human-resources" }
        from limit in new[] { ("TryTimeout", "00:01:00"), ("TotalTimeout", "00:02:00") }
        select KeyValuePair.Create($"Providers__{member}__Resilience__{limit.Item1}", limit.Item2));

    private readonly Lazy<Task<GatewayProcess>> _gateway = new(() => GatewayProcess.StartAsync(Patient));

    public Task<GatewayProcess> StartedAsync() => _gateway.Value;

    public async ValueTask DisposeAsync()
    {
        if (_gateway is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
        {
            await (await _gateway.Value).DisposeAsync();
        }
    }
}

/// <summary>A test against the shared gateway.</summary>
public abstract class GatewayTest(SharedGateway shared) : IAsyncLifetime
{
    private GatewayProcess? _gateway;

    protected GatewayProcess Gateway => _gateway ?? throw new InvalidOperationException("The test has not started.");

    protected HttpClient Client => Gateway.Client;

    protected static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public virtual async ValueTask InitializeAsync() => _gateway = await shared.StartedAsync();

    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}
