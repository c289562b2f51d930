using System.Text.Json.Serialization;

namespace DataExchange.Bench.Log;

/// <summary>What a run measured. Latencies in milliseconds, from the append to its signed checkpoint.</summary>
internal sealed record RunResult(
    [property: JsonPropertyName("writers")] int Writers,
    [property: JsonPropertyName("appendsPerSecond")] double AppendsPerSecond,
    [property: JsonPropertyName("p50Ms")] double P50,
    [property: JsonPropertyName("p99Ms")] double P99,
    [property: JsonPropertyName("p999Ms")] double P999,
    [property: JsonPropertyName("maxMs")] double Max,
    [property: JsonPropertyName("cpuMicrosecondsPerAppend")] double CpuMicrosecondsPerAppend,
    [property: JsonPropertyName("bytesAllocatedPerAppend")] long BytesAllocatedPerAppend,
    [property: JsonPropertyName("gen2Collections")] int Gen2Collections,
    [property: JsonPropertyName("unpublished")] long Unpublished,
    [property: JsonPropertyName("walMegabytes")] long WalMegabytes);
