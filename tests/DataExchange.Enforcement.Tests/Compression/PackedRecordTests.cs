using System.Security.Cryptography;
using System.Text;
using CsCheck;
using DataExchange.Contracts.Log;
using DataExchange.Enforcement.Compression;
using DataExchange.Enforcement.Subjects;
using DataExchange.Enforcement.Tests.Subjects;
using DataExchange.TransparencyLog;
using static DataExchange.Enforcement.Tests.Subjects.VaultFixture;

namespace DataExchange.Enforcement.Tests.Compression;

public sealed class PackedRecordTests
{
    private const string Requested =
        """{"agreement":"residence-for-rental@1","client":"housing-authority","consumer":"housing-authority","dataset":"public-security/residence","decided":1767225600000,"decision":{"agreement":"residence-for-rental@1","consumer":"housing-authority","denied":[],"governance":42,"obligations":[],"outcome":"Permit","permitted":[{"basis":"StatutoryDuty","name":"name","transform":"Full"},{"basis":"StatutoryDuty","name":"address","transform":"Full"}],"reasons":[]},"fields":["name","address"],"governance":42,"kind":"access.requested","provider":"public-security","purpose":"rental-housing-application","request":{"actor":{"clientId":"housing-authority","roles":["department-system"]},"birthDate":"1949-12-31","dataset":"public-security/residence","fields":["name","address"],"lenient":false,"mode":"Query","purpose":"rental-housing-application","quotaUsed":0,"subjectScheme":"cn-resident-id"},"revision":1,"subject":{"scheme":"cn-resident-id","value":"11010519491231002X"},"time":1767225600000}""";

    [Fact]
    public void The_dictionary_is_the_one_that_the_format_names()
    {
        using var stream = typeof(RecordCompression).Assembly.GetManifestResourceStream("sealed-record-1.dict")!;
        Assert.Equal("8af6e2c22bd7bce89fb773a2dbdbf49753e5e4ca74c9a7a1c0d76d80c9f6c169", Convert.ToHexStringLower(SHA256.HashData(stream)));
    }

    [Fact]
    public void Any_bytes_come_back_as_they_were() =>
        Gen.Byte.Array[0, 5000].Sample(record => !RecordCompression.TryPack(record, out var packed, out var length)
            || RecordCompression.Unpack(packed.AsSpan(0, length)).AsSpan().SequenceEqual(record));

    [Theory]
    [InlineData(LogEntry.MaxSealedLength, true)]
    [InlineData(LogEntry.MaxSealedLength + 1, false)]
    public void Nothing_is_packed_that_would_not_be_unpacked(int length, bool isPacked)
    {
        var record = new byte[length]; // Packs to almost nothing.
        Assert.Equal(isPacked, RecordCompression.TryPack(record, out var packed, out var packedLength));
        Assert.Equal(isPacked, RecordCompression.Unpack(packed.AsSpan(0, packedLength)) is { } unpacked && unpacked.Length == length);
    }

    [Fact]
    public void An_access_record_is_sealed_in_less_than_a_third_of_its_length_and_opens()
    {
        var record = Encoding.UTF8.GetBytes(Requested);
        Assert.True(RecordCompression.TryPack(record, out var packed, out var length));
        Assert.InRange(length, 1, record.Length / 3);
        Assert.Equal(record, RecordCompression.Unpack(packed.AsSpan(0, length)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0200000000")] // Another dictionary.
    [InlineData("01FFFFFFFF28B52FFD")] // Four gigabytes.
    [InlineData("0100000010")] // No frame.
    [InlineData("010000001028B52FFD00")] // Cut off.
    public void What_is_no_packed_record_is_refused(string hex) =>
        Assert.Null(RecordCompression.Unpack(Convert.FromHexString(hex)));

    [Fact]
    public void A_length_that_is_not_the_frames_is_refused()
    {
        Assert.True(RecordCompression.TryPack(Encoding.UTF8.GetBytes(Requested), out var packed, out var length));
        foreach (var change in new[] { -1, 1 })
        {
            var changed = packed.AsSpan(0, length).ToArray();
            changed[4] = (byte)(changed[4] + change);
            Assert.Null(RecordCompression.Unpack(changed));
        }
    }

    [Fact]
    public void Any_changed_byte_gives_no_record_or_another_and_never_a_crash()
    {
        Assert.True(RecordCompression.TryPack(Encoding.UTF8.GetBytes(Requested), out var packed, out var length));
        Gen.Select(Gen.Int[0, length - 1], Gen.Int[1, 255]).Sample((position, change) =>
        {
            var changed = packed.AsSpan(0, length).ToArray();
            changed[position] ^= (byte)change;
            return RecordCompression.Unpack(changed) is null or { Length: <= LogEntry.MaxSealedLength };
        });
    }

    [Fact]
    public async Task Both_versions_open_and_neither_passes_for_the_other()
    {
        var subject = await Vault(new MemorySubjectStore(), new MemoryMasterKey()).ResolveAsync(ZhangSan, TestContext.Current.CancellationToken);
        foreach (var (record, version) in new[] { (Requested, 2), ("{}", 1) })
        {
            var entry = RecordSealer.Seal(subject, LeafKinds.AccessRequested, January2026, Encoding.UTF8.GetBytes(record));
            Assert.Equal(version, entry.Sealed.Span[0]);
            Assert.True(RecordSealer.TryOpen(subject, Stored(entry), out var opened));
            Assert.Equal(record, Encoding.UTF8.GetString(opened.Record.Span));

            byte[] other = [(byte)(3 - version), .. entry.Sealed.Span[1..]];
            Assert.False(RecordSealer.TryOpen(subject, Stored(entry with { Sealed = other }), out _));
        }
    }
}
