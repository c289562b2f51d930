using System.Diagnostics;
using System.Globalization;
using BenchmarkDotNet.Attributes;
using DataExchange.Policy.Decisions;

namespace DataExchange.Bench.Decide;

/// <summary>One decision after the other, each about somebody else.</summary>
public class DecideBenchmark
{
    private readonly SyntheticRegion _region = new();
    private readonly ExchangeRequest[] _requests = [.. Enumerable.Range(0, 65_536).Select(SyntheticRegion.Request)];
    private int _next;
    private ExchangeRequest _request = null!;

    [GlobalSetup]
    public void MakeRegion()
    {
        _region.Found();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var started = Stopwatch.GetTimestamp();
        _region.Consent();
        var elapsed = Stopwatch.GetElapsedTime(started);
        var taken = GC.GetTotalMemory(forceFullCollection: true) - before;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{_region.Rules.Consents.Count:N0} consents: {taken / 1e6:0} MB on the heap, applied one by one in {elapsed.TotalSeconds:0.0} s."));
        if (_requests.FirstOrDefault(request => PolicyDecisionPoint.Decide(request, _region.Rules, SyntheticRegion.Now) is not { Outcome: DecisionOutcome.Permit, Permitted.Count: 20 }) is { } denied)
        {
            throw new InvalidOperationException($"A request over {denied.Dataset} is not permitted: the region is not what is to be measured.");
        }
    }

    [IterationSetup]
    public void Next() => _request = _requests[_next++ % _requests.Length];

    [Benchmark]
    public Decision Decide() => PolicyDecisionPoint.Decide(_request, _region.Rules, SyntheticRegion.Now);
}
