using System.Text;
using CsCheck;
using DataExchange.Witness.Tests.Support;

namespace DataExchange.Witness.Tests.Submitting;

/// <summary>No body makes the witness fail, and none that differs from what the log signed is cosigned.</summary>
public sealed class MalformedBodyTests
{
    private const int Bodies = 10_000;
    private const int AtATime = 8;
    private static readonly int[] Expected = [400, 403, 404, 409, 413, 422];

    [Fact]
    public async Task Ten_thousand_malformed_bodies_are_refused()
    {
        using var folder = new TemporaryFolder();
        using var log = new UniformLog("demo.example/access");
        await using var witness = await RunningWitness.StartAsync(folder, log);
        await witness.SubmitAsync(log, 0, 1000);
        byte[][] samples = [.. new[] { log.Body(1000, 1777), log.Body(1000, 1000), log.Body(0, 7), log.Body(2000, 3000) }.Select(Encoding.UTF8.GetBytes)];
        var mutated =
            from sample in Gen.OneOf(samples.Select(Gen.Const).ToArray())
            from start in Gen.Int[0, sample.Length]
            from removed in Gen.Int[0, Math.Min(40, sample.Length - start)]
            from inserted in Gen.OneOf(Gen.Byte.Array[0, 3], Gen.Byte[(byte)'0', (byte)'9'].Array[0, 30], Gen.Const((byte)'\n').Array[0, 3])
            select (byte[])[.. sample.AsSpan(0, start), .. inserted, .. sample.AsSpan(start + removed)];
        var noise = Gen.Byte.Array[0, 300];

        await Gen.Int[0, 9].SelectMany(i => i == 0 ? noise : mutated).SampleAsync(
            async body =>
            {
                using var content = new ByteArrayContent(body);
                using var response = await witness.Client.PostAsync("add-checkpoint", content, TestContext.Current.CancellationToken);
                if (!samples.Any(sample => sample.AsSpan().SequenceEqual(body)))
                {
                    Assert.Contains((int)response.StatusCode, Expected);
                }
            },
            iter: Bodies,
            threads: AtATime);

        Assert.Equal(200, (await witness.GetAsync("/health/ready")).Status);
    }
}
