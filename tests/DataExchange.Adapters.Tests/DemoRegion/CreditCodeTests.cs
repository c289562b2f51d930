using DataExchange.DemoRegion.MarketRegulation;
using DataExchange.DemoRegion.Population;

namespace DataExchange.Adapters.Tests.DemoRegion;

public class CreditCodeTests
{
    private const string Alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";

    [Fact]
    public void The_check_character_of_a_known_code_is_found() =>
        Assert.Equal('3', CreditCode.Check("91350100M000100Y4"));

    [Fact]
    public void Every_enterprise_has_a_code_of_its_own_whose_weighted_sum_is_a_multiple_of_31()
    {
        var codes = EnterpriseRegister.Create(People.Create()).Rows.Select(row => (string)row[2]!).ToList();

        Assert.Equal(codes.Count, codes.Distinct().Count());
        Assert.All(codes, code =>
        {
            var power = 1;
            var sum = 0;
            foreach (var character in code[..17])
            {
                sum += Alphabet.IndexOf(character, StringComparison.Ordinal) * power;
                power = power * 3 % 31;
            }

            sum += Alphabet.IndexOf(code[17], StringComparison.Ordinal);
            Assert.Equal((18, "91", 0), (code.Length, code[..2], sum % 31));
        });
    }
}
