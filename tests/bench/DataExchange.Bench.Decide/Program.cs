// One decision for 20 fields in a region of 10,000 agreements and 1,000,000 consents, measured one by one, and what such a region takes in memory.
//   dotnet run -c Release --project tests/bench/DataExchange.Bench.Decide -- [--people 250000] [--decisions 20000]
using System.Globalization;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using DataExchange.Bench.Decide;
using Perfolizer.Mathematics.OutlierDetection;

SyntheticRegion.People = Option("--people", SyntheticRegion.People);
var decisions = Option("--decisions", 20_000);

// One invocation an iteration, so that a percentile is of decisions and not of means over many; nothing is taken for an outlier, and the
// collector runs when it wants to.
var job = Job.Default
    .WithToolchain(InProcessEmitToolchain.Instance)
    .WithInvocationCount(1).WithUnrollFactor(1)
    .WithWarmupCount(decisions / 4).WithIterationCount(decisions)
    .WithOutlierMode(OutlierMode.DontRemove)
    .WithGcForce(false)
    .WithEvaluateOverhead(false);

BenchmarkRunner.Run<DecideBenchmark>(ManualConfig.CreateEmpty()
    .AddJob(job)
    .AddLogger(new SummaryLogger())
    .AddColumnProvider(DefaultColumnProviders.Descriptor)
    .AddColumn(StatisticColumn.P50, new PercentileColumn(99), StatisticColumn.Max)
    .WithOptions(ConfigOptions.DisableLogFile | ConfigOptions.DisableOptimizationsValidator)
    .WithArtifactsPath(Path.Combine(Path.GetTempPath(), $"bench-decide-{Environment.ProcessId}")));

int Option(string name, int fallback) =>
    Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? int.Parse(args[at + 1], CultureInfo.InvariantCulture) : fallback;
