namespace DataExchange.DemoRegion.Population;

/// <summary>As the register of residents writes it. The parity of a number's sequence part tells it too: odd for men.</summary>
public enum Sex { Female = 0, Male = 1 }
