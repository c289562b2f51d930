namespace DataExchange.Bench.Growth;

/// <summary>What was measured at one size.</summary>
/// <param name="Size">Entries.</param>
/// <param name="AppendsPerSecond">Durable and signed, over the stretch that follows.</param>
/// <param name="AppendCpu">Processor µs an append in all threads, tiles and search keys included.</param>
/// <param name="DiskRatio">Bytes on disk of the closed log ÷ bytes of leaves and sealed records.</param>
/// <param name="Opened">What a fresh process found.</param>
internal sealed record GrowthPoint(long Size, double AppendsPerSecond, double AppendCpu, double DiskRatio, OpenedFigures Opened);

/// <summary>Of a process that opens the log, proves entries and finds keys.</summary>
/// <param name="StartMs">From opening the folder until appends are taken.</param>
/// <param name="ProofP50">Inclusion proof of a random entry, ms.</param>
/// <param name="ProofP99">The same.</param>
/// <param name="FindP50">All entries of a random key, ms.</param>
/// <param name="WorkingSetMb">After all of it.</param>
internal sealed record OpenedFigures(double StartMs, double ProofP50, double ProofP99, double FindP50, double WorkingSetMb);
