using System.Text.Json;
using DataExchange.Merkle;
using DataExchange.Witness.State;
using DataExchange.Witness.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace DataExchange.Witness.Tests.Submitting;

/// <summary>What the running witness answers to one request after the other, byte for byte, as another implementation decided and signed it.</summary>
public sealed class KnownAnswerTests
{
    private static readonly SequenceVectors Known = JsonSerializer.Deserialize<SequenceVectors>(
        File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "vectors", "witness", "sequences.json")), JsonSerializerOptions.Web)!;

    public static TheoryData<string> Names => [.. Known.Sequences.Select(sequence => sequence.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Every_answer_is_the_known_one(string name)
    {
        using var folder = new TemporaryFolder();
        await PlaceKeyAsync(folder);
        var options = new WitnessOptions { Name = Known.Witness.Name, Folder = folder.Path, Listen = "http://127.0.0.1:0" };
        foreach (var vkey in Known.Logs)
        {
            options.Logs.Add(new WitnessedLogOptions { Origin = vkey.Split('+')[0], Keys = { vkey } });
        }

        var clock = new FakeTimeProvider(DateTimeOffset.FromUnixTimeSeconds(long.Parse(Known.Time, System.Globalization.CultureInfo.InvariantCulture)));
        await using var witness = await RunningWitness.StartAsync(options, clock);
        Assert.Equal(Known.Witness.Vkey, witness.Verifier.ToString());
        foreach (var step in Known.Sequences.Single(sequence => sequence.Name == name).Steps)
        {
            var answer = await witness.SubmitAsync(step.Body);
            Assert.Equal(step.Status, answer.Status);
            Assert.Equal(step.Size is not null, answer.Type == "text/x.tlog.size");
            if ((step.Line ?? (step.Size is { } size ? size + "\n" : null)) is { } body)
            {
                Assert.Equal(body, answer.Body);
            }
        }
    }

    /// <summary>A key that was not made here comes with the state that a first start would have made for it.</summary>
    private static async Task PlaceKeyAsync(TemporaryFolder folder)
    {
        var seed = Convert.FromHexString(Known.Witness.Seed);
        using var cosigner = CheckpointCosigner.FromSeed(Known.Witness.Name, seed);
        await File.WriteAllTextAsync(folder.Key, Convert.ToBase64String(seed) + "\n", TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(folder.State, WitnessState.Encode(cosigner.Verifier, WitnessState.Empty), TestContext.Current.CancellationToken);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder.Key, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    private sealed record SequenceVectors(string[] Logs, WitnessVector Witness, string Time, SequenceVector[] Sequences);

    private sealed record WitnessVector(string Name, string Seed, string Vkey);

    private sealed record SequenceVector(string Name, StepVector[] Steps);

    private sealed record StepVector(string Body, int Status, string? Size, string? Line);
}
