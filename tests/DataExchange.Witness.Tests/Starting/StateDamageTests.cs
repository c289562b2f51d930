using System.Text;
using DataExchange.Merkle;
using DataExchange.Witness.State;
using DataExchange.Witness.Tests.Support;

namespace DataExchange.Witness.Tests.Starting;

/// <summary>A state that is not, byte for byte, what the witness wrote: it does not start, and says what to do.</summary>
public sealed class StateDamageTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly UniformLog _access = new("demo.example/access");
    private readonly UniformLog _governance = new("demo.example/governance", seed: 2);
    private NoteVerifier _verifier = null!;
    private byte[] _state = null!;

    public async ValueTask InitializeAsync()
    {
        await using var witness = await StartAsync();
        await witness.SubmitAsync(_access, 0, 5);
        await witness.SubmitAsync(_governance, 0, 7);
        _verifier = witness.Verifier;
        _state = await File.ReadAllBytesAsync(_folder.State, TestContext.Current.CancellationToken);
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        _access.Dispose();
        _governance.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public void Every_flipped_bit_is_found()
    {
        Assert.Equal(2, WitnessState.Decode(_verifier, _state).Count);
        for (var bit = 0; bit < 8 * _state.Length; bit++)
        {
            byte[] damaged = [.. _state];
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Throws<StateDamagedException>(() => WitnessState.Decode(_verifier, damaged));
        }
    }

    [Fact]
    public void Every_truncation_is_found()
    {
        for (var length = 0; length < _state.Length; length++)
        {
            Assert.Throws<StateDamagedException>(() => WitnessState.Decode(_verifier, _state.AsSpan(0, length)));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(70)]
    [InlineData(400)]
    public async Task Witness_does_not_start_on_a_damaged_state_and_leaves_it_as_it_is(int at)
    {
        byte[] flipped = [.. _state];
        flipped[at] ^= 1;
        foreach (var damaged in new[] { flipped, _state[..at], [.. _state, .. "\n"u8], [.. _state, .. _state] })
        {
            await File.WriteAllBytesAsync(_folder.State, damaged, TestContext.Current.CancellationToken);
            var refusal = await Assert.ThrowsAsync<WitnessRefusedException>(StartAsync);
            Assert.Contains(_folder.State, refusal.Message, StringComparison.Ordinal);
            Assert.Contains("Do not restore an older copy", refusal.Message, StringComparison.Ordinal);
            Assert.Equal(damaged, await File.ReadAllBytesAsync(_folder.State, TestContext.Current.CancellationToken));
        }

        // And with the right file again it goes on.
        await File.WriteAllBytesAsync(_folder.State, _state, TestContext.Current.CancellationToken);
        await using var witness = await StartAsync();
        Assert.Equal("5\n", (await witness.SubmitAsync(_access, 0, 9)).Body);
    }

    [Fact]
    public async Task Witness_that_lost_its_state_does_not_start_from_zero()
    {
        File.Delete(_folder.State);
        var refusal = await Assert.ThrowsAsync<WitnessRefusedException>(StartAsync);
        Assert.Contains("it is missing", refusal.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.State));
    }

    [Fact]
    public void Sum_does_not_help_who_writes_what_the_key_did_not_sign()
    {
        var text = Encoding.UTF8.GetString(_state);
        var content = text[..text.LastIndexOf("sha256 ", StringComparison.Ordinal)].Replace("demo.example/access\n5\n", "demo.example/access\n4\n", StringComparison.Ordinal);
        var forged = $"{content}sha256 {Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(content)))}\n";
        var damage = Assert.Throws<StateDamagedException>(() => WitnessState.Decode(_verifier, Encoding.UTF8.GetBytes(forged)));
        Assert.Contains("entry 1", damage.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task State_of_another_witness_is_refused()
    {
        using var other = new TemporaryFolder();
        await using (await RunningWitness.StartAsync(other, _access))
        {
        }

        File.Copy(other.State, _folder.State, overwrite: true);
        var refusal = await Assert.ThrowsAsync<WitnessRefusedException>(StartAsync);
        Assert.Contains("it belongs to the key", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unfinished_write_of_a_crash_is_ignored()
    {
        await File.WriteAllBytesAsync(_folder.State + ".new", _state.AsMemory(0, 100), TestContext.Current.CancellationToken);
        await using var witness = await StartAsync();
        Assert.Equal(200, (await witness.SubmitAsync(_access, 5, 9)).Status);
    }

    private Task<RunningWitness> StartAsync() => RunningWitness.StartAsync(_folder, _access, _governance);
}
