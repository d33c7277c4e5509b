"""单位名录 worked through: 核实, and 补填 of many units."""
