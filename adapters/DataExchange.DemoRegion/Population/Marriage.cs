namespace DataExchange.DemoRegion.Population;

/// <summary>A marriage; dissolved where a day of divorce is set.</summary>
internal sealed record Marriage(Person Husband, Person Wife, DateOnly RegisteredOn, DateOnly? DivorcedOn, District Office);
