using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DataExchange.Contracts.Log;
using DataExchange.Contracts.Signatures;
using DataExchange.Policy.Signatures;

namespace DataExchange.Policy.Tests.Signatures;

public class SignedStatementTests
{
    [Fact]
    public void It_is_the_canonical_JSON_that_the_documents_give()
    {
        using var document = JsonDocument.Parse("""{ "b": 1.0, "a": "x" }""");
        var hash = Base64Url.EncodeToString(SHA256.HashData("""{"a":"x","b":1}"""u8));
        Assert.Equal($$"""{"agreement":"a@2","sha256":"{{hash}}"}""", Encoding.UTF8.GetString(SignedStatement.Of("agreement", "a@2", document.RootElement)));
    }

    [Fact]
    public void A_reason_is_part_of_it_whatever_characters_it_holds()
    {
        using var document = JsonDocument.Parse("{}");
        var statement = SignedStatement.Of("rejection", "p", document.RootElement, "\"理由\"\n</script>");
        Assert.Equal(statement, CanonicalJson.Canonicalize(statement));
        Assert.StartsWith("""{"reason":"\"理由\"\n</script>","rejection":"p","sha256":""", Encoding.UTF8.GetString(statement), StringComparison.Ordinal);
    }

    [Fact]
    public void A_signature_that_names_no_key_cannot_be_counted()
    {
        Assert.Throws<FormatException>(() => MemberSignature.SignerOf("e30.e30.e30"));
        Assert.Throws<FormatException>(() => MemberSignature.SignerOf(new string('a', 9000)));
    }
}
