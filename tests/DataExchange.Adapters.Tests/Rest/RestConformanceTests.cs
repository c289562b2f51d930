using DataExchange.Adapters.Tests.Conformance;

namespace DataExchange.Adapters.Tests.Rest;

public sealed class RestByPathTests() : RestConformance(RestAdapter.ByPath);

public sealed class RestByHeaderTests() : RestConformance(RestAdapter.ByHeader);

public sealed class RestByBodyTests() : RestConformance(RestAdapter.ByBody);

/// <summary>One way to put the subject into the call.</summary>
public abstract class RestConformance(string request) : AdapterConformance
{
    private ExistingService? _service;

    private protected override async Task<RunningAdapter> StartAsync()
    {
        _service = await ExistingService.StartAsync();
        return await RestAdapter.StartAsync(_service.Address, request);
    }

    // Port 9 of the loopback: discard, which nothing serves.
    private protected override Task<RunningAdapter> StartWithoutBackEndAsync() => RestAdapter.StartAsync("http://127.0.0.1:9", request);

    private protected override async ValueTask CloseAsync()
    {
        if (_service is not null)
        {
            await _service.DisposeAsync();
        }
    }
}
