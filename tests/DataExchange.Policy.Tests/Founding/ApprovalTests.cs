using System.Security.Cryptography;
using System.Text.Json.Nodes;
using DataExchange.Contracts.Log;
using DataExchange.Policy.Events;
using DataExchange.Policy.Founding;
using DataExchange.Policy.Tests.Fixture;

namespace DataExchange.Policy.Tests.Founding;

public class ApprovalTests
{
    private readonly TestFounding _founding = TestFounding.Signed();

    [Fact]
    public void A_genuine_approval_names_its_signer()
    {
        var document = _founding.Read();
        var signed = document.Agreements[0];
        var signers = signed.Approvals.Select(jws => Approval.TryVerify(jws, signed.Agreement, document.Members, out var signer) ? signer : null);
        Assert.Equal(["registry", "housing", "data-bureau"], signers);
    }

    [Fact]
    public void What_is_signed_is_the_agreement_as_written_and_a_stranger_finds_it_in_the_leaf()
    {
        // Times with Z, an offset of eight hours and a false that could be left out: none of it is what a serializer would write.
        var document = _founding.Read();
        var record = GovernanceRecords.Write(new AgreementActivated(document.Agreements[0]));
        Assert.Equal(
            CanonicalJson.Canonicalize(_founding.Agreement.ToJsonString()),
            CanonicalJson.Canonicalize(JsonNode.Parse(record)!["agreement"]!.ToJsonString()));

        var read = ((AgreementActivated)GovernanceRecords.Read("agreement.activated", record)).Signed;
        Assert.True(Approval.TryVerify(read.Approvals[0], read.Agreement, document.Members, out _));
        Assert.Equal(record, GovernanceRecords.Write(new AgreementActivated(read)));
    }

    [Fact]
    public void A_changed_copy_is_approved_by_nobody()
    {
        var document = _founding.Read();
        var signed = document.Agreements[0];
        var copy = signed.Agreement with { Quota = null };
        Assert.All(signed.Approvals, jws => Assert.False(Approval.TryVerify(jws, copy, document.Members, out _)));
    }

    [Fact]
    public void Agreements_that_were_read_can_be_compared()
    {
        var (one, other) = (_founding.Read().Agreements[0].Agreement, _founding.Read().Agreements[0].Agreement);
        Assert.True(one.Equals(one));
        Assert.False(one.Equals(other)); // Lists are compared by identity; what matters is that the question ends.
        Assert.Equal(one.GetHashCode(), one.GetHashCode());
    }

    [Fact]
    public void Every_changed_character_is_found()
    {
        var document = _founding.Read();
        var (jws, agreement) = (document.Agreements[0].Approvals[0], document.Agreements[0].Agreement);
        for (var i = 0; i < jws.Length; i++)
        {
            var forged = $"{jws[..i]}{(jws[i] == 'A' ? 'B' : 'A')}{jws[(i + 1)..]}";
            // The last character of a part holds bits that decode to nothing; only what decodes to the same signature may pass.
            Assert.True(!Approval.TryVerify(forged, agreement, document.Members, out var signer) || (i == jws.Length - 1 && signer == "registry"), forged);
        }
    }

    [Theory]
    [InlineData("none")]
    [InlineData("HS256")]
    [InlineData("ES384")]
    [InlineData("es256")]
    public void Only_ES256_counts(string algorithm) => Rejects(TestFounding.Approve(_founding.Agreement, "registry", algorithm));

    [Theory]
    [InlineData("")]
    [InlineData("a.b")]
    [InlineData("a.b.c.d")]
    [InlineData("..")]
    [InlineData("e30.e30.")]
    public void What_is_no_jws_is_no_approval(string jws) => Rejects(jws);

    [Fact]
    public void A_key_that_is_not_registered_counts_for_nothing()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Rejects(TestFounding.Approve(_founding.Agreement, "registry", key: key));
        Rejects(TestFounding.Approve(_founding.Agreement, "registry", keyId: "k2"));
        Rejects(TestFounding.Approve(_founding.Agreement, "nobody"));
    }

    [Fact]
    public void An_approval_of_another_agreement_or_revision_counts_for_nothing()
    {
        Rejects(_founding.Json["agreements"]![1]!["approvals"]![0]!.GetValue<string>());
        var later = _founding.Agreement.DeepClone();
        later["revision"] = 2;
        Rejects(TestFounding.Approve(later, "registry"));
    }

    [Theory]
    [InlineData(0, "registry")]
    [InlineData(1, "housing")]
    [InlineData(2, "data-bureau")]
    public void Every_party_has_to_sign(int index, string party)
    {
        _founding.Json["agreements"]![0]!["approvals"]!.AsArray().RemoveAt(index);
        var fault = Assert.Single(FoundingFile.Read(_founding.Bytes()).Faults);
        Assert.Equal("$.agreements[0].approvals", fault.Path);
        Assert.Contains(party, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sensitive_field_without_a_data_authority_finds_no_third_signature()
    {
        _founding.Json["members"]![3]!.AsObject().Remove("dataAuthority");
        Assert.Contains(FoundingFile.Read(_founding.Bytes()).Faults, fault => fault.Path == "$.agreements[0].approvals");
    }

    [Theory]
    [InlineData("kty", "RSA")]
    [InlineData("crv", "P-384")]
    [InlineData("kid", "")]
    [InlineData("x", "AAAA")]
    [InlineData("x", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("d", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void A_key_that_is_no_public_point_of_P256_is_a_fault(string name, string value)
    {
        _founding.Json["members"]![2]!["keys"]!["keys"]![0]![name] = value;
        Assert.Contains(FoundingFile.Read(_founding.Bytes()).Faults, fault => fault.Path == "$.members[2].keys");
    }

    /// <summary>The file is refused for the first approval of its first agreement, and for the party that is now missing.</summary>
    private void Rejects(string approval)
    {
        _founding.Json["agreements"]![0]!["approvals"]![0] = approval;
        var faults = FoundingFile.Read(_founding.Bytes()).Faults;
        Assert.Equal(2, faults.Count);
        Assert.All(faults, fault => Assert.Equal("$.agreements[0].approvals", fault.Path));
    }
}
