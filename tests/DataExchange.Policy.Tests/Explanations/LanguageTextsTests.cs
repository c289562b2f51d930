using System.Globalization;
using System.Text.RegularExpressions;
using DataExchange.Contracts.Problems;
using DataExchange.Policy.Consents;
using DataExchange.Policy.Decisions;
using DataExchange.Policy.Explanations;
using DataExchange.Policy.Mandates;
using DataExchange.Policy.Model;
using DataExchange.Policy.Restrictions;

namespace DataExchange.Policy.Tests.Explanations;

/// <summary><c>Explanations/Texts</c>: nothing that can be said lacks its words in one of the languages.</summary>
public partial class LanguageTextsTests
{
    public static TheoryData<string> Languages => [.. LanguageTexts.All.Keys];

    [Fact]
    public void There_are_Chinese_and_English() => Assert.Equal(["en", "zh"], LanguageTexts.All.Keys);

    [Theory]
    [MemberData(nameof(Languages))]
    public void Every_problem_code_has_a_meaning_and_a_remedy(string language)
    {
        var codes = LanguageTexts.All[language].Codes;
        Assert.Equal(ProblemSlugs.All.Keys.Order(), codes.Keys.Order());
        Assert.All(codes.Values, code => Assert.False(string.IsNullOrWhiteSpace(code.Meaning) || string.IsNullOrWhiteSpace(code.Remedy)));
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void Every_gate_has_a_name_and_a_question(string language)
    {
        var gates = LanguageTexts.All[language].Gates;
        Assert.Equal(Enumerable.Range(1, 10).Select(gate => gate.ToString(CultureInfo.InvariantCulture)).Order(), gates.Keys.Order());
        Assert.All(gates.Values, gate => Assert.False(string.IsNullOrWhiteSpace(gate.Name) || string.IsNullOrWhiteSpace(gate.Asked)));
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void Every_value_that_a_text_may_name_has_a_word(string language)
    {
        var texts = LanguageTexts.All[language];
        Assert.Equal(Enum.GetNames<DecisionOutcome>().Order(), texts.Outcomes.Keys.Order());
        Assert.Equal(Enum.GetNames<GateStatus>().Order(), texts.Statuses.Keys.Order());
        Type[] named = [typeof(ShareClass), typeof(AgreementState), typeof(QuotaPeriod), typeof(RestrictionKind), typeof(ExchangeMode), typeof(LegalBasis), typeof(FieldTransform), typeof(ConsentKind), typeof(ConsentState), typeof(ExpressedBy), typeof(MandateKind), typeof(MandateState)];
        Assert.Equal(
            named.SelectMany(type => Enum.GetNames(type).Select(name => $"{type.Name}.{name}")).Concat([bool.TrueString, bool.FalseString]).Order(StringComparer.Ordinal),
            texts.Words.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void All_languages_have_the_same_rules_and_phrases_with_the_same_placeholders()
    {
        var english = Templates(LanguageTexts.English);
        Assert.All(LanguageTexts.All.Values, texts => Assert.Equal(english, Templates(texts)));
    }

    private static Dictionary<string, string> Templates(LanguageTexts texts) => texts.Rules
        .Concat(texts.Phrases)
        .Concat(texts.Gates.Select(gate => KeyValuePair.Create($"gate {gate.Key}", gate.Value.Asked)))
        .ToDictionary(template => template.Key, template => string.Join(' ', Placeholder().Matches(template.Value).Select(match => match.Value).Order(StringComparer.Ordinal)));

    [GeneratedRegex(@"\{[a-zA-Z]+\}")]
    private static partial Regex Placeholder();
}
